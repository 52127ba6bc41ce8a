// native_ and half_ functions are the full ones.
// heddle: -g n n=400 a=uniform(n,lo=0.1,hi=8,seed=1) b=uniform(n,lo=0.1,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 475cfc30

__kernel void native_functions(__global const float *a, __global const float *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[i] = (float4)(native_exp(y) - exp(y), native_sqrt(x) - sqrt(x), half_recip(x) - 1.0f / x, native_divide(x, y) - x / y);
}
