// Square root and division are correctly rounded.
// heddle: -g n n=400 a=uniform(n,lo=0.001,hi=1000,seed=1) b=uniform(n,lo=0.1,hi=10,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == d9054022

__kernel void float_sqrt(__global const float *a, __global const float *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[i] = (float4)(sqrt(x), x / y, 1.0f / x, sqrt(x * x + y * y));
}
