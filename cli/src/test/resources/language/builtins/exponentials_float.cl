// Exponentials of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == e5821f41

__kernel void exponentials_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[4 * i + 0] = exp(x);
  out[4 * i + 1] = exp2(x);
  out[4 * i + 2] = exp10(x*0.5f);
  out[4 * i + 3] = expm1(x);
}
