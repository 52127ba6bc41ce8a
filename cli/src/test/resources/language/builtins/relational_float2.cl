// isless and its kin, any, all and bitselect on float2, with infinities and NaN.
// heddle: -g n n=140 a=uniform(n*2,lo=-4,hi=4,seed=1) b=uniform(n*2,lo=-4,hi=4,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == 69b24412

__kernel void relational_float2(__global const float2 *a, __global const float2 *b, __global int2 *out) {
  size_t i = get_global_id(0);
  float2 x = a[i], y = b[i];
  if (i % 5 == 0) x.x = NAN;
  if (i % 7 == 0) y.y = INFINITY;
  int2 r = isequal(x, y) * 2 + isnotequal(x, y) * 3 + isgreater(x, y) * 5;
  r += isgreaterequal(x, y) * 7 + isless(x, y) * 11 + islessequal(x, y) * 13;
  r += islessgreater(x, y) * 17 + isordered(x, y) * 19 + isunordered(x, y) * 23;
  r += isfinite(y) * 29 + isinf(y) * 31 + isnan(x) * 37 + isnormal(x) * 41 + signbit(y) * 43;
  r += any(isnan(x)) * 100 + all(isfinite(y)) * 200;
  out[i] = r ^ as_int2(bitselect(y, (float2)(1), (float2)(2)));
}
