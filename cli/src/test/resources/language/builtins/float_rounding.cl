// floor, ceil, trunc, round, rint; halves and signed zeros.
// heddle: -g n n=400 a=uniform(n,lo=-9,hi=9,seed=1) b=uniform(n,lo=-1,hi=1,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 2aea4ae7

__kernel void float_rounding(__global const float *a, __global const float *b, __global float8 *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  x = i < 64 ? (i - 32.0f) * 0.5f : x;
  out[i] = (float8)(floor(x), ceil(x), trunc(x), round(x), rint(x), fract(x, &y), y, fabs(x));
}
