// fma, mad, fdim, copysign, fmod, nextafter, ldexp, logb: results without rounding error.
// heddle: -g n n=400 a=uniform(n,lo=-30,hi=30,seed=1) b=uniform(n,lo=1,hi=9,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == ca556bd9

__kernel void float_exact(__global const float *a, __global const float *b, __global float8 *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  int e;
  float m = frexp(x, &e);
  out[i] = (float8)(fma(x, y, 1.0f), fdim(x, y), copysign(y, x), fmod(x, y), nextafter(x, y), ldexp(y, (int)x), m + e, ilogb(y));
}
