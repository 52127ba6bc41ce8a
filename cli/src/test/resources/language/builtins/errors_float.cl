// Errors of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == c06249c0

__kernel void errors_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[4 * i + 0] = erf(x);
  out[4 * i + 1] = erfc(x);
  out[4 * i + 2] = tgamma(fabs(x)+0.5f);
  out[4 * i + 3] = lgamma(fabs(x)+0.5f);
}
