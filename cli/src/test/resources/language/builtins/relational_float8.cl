// isless and its kin, any, all and bitselect on float8, with infinities and NaN.
// heddle: -g n n=140 a=uniform(n*8,lo=-4,hi=4,seed=1) b=uniform(n*8,lo=-4,hi=4,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == 8e6ce301

__kernel void relational_float8(__global const float8 *a, __global const float8 *b, __global int8 *out) {
  size_t i = get_global_id(0);
  float8 x = a[i], y = b[i];
  if (i % 5 == 0) x.x = NAN;
  if (i % 7 == 0) y.y = INFINITY;
  int8 r = isequal(x, y) * 2 + isnotequal(x, y) * 3 + isgreater(x, y) * 5;
  r += isgreaterequal(x, y) * 7 + isless(x, y) * 11 + islessequal(x, y) * 13;
  r += islessgreater(x, y) * 17 + isordered(x, y) * 19 + isunordered(x, y) * 23;
  r += isfinite(y) * 29 + isinf(y) * 31 + isnan(x) * 37 + isnormal(x) * 41 + signbit(y) * 43;
  r += any(isnan(x)) * 100 + all(isfinite(y)) * 200;
  out[i] = r ^ as_int8(bitselect(y, (float8)(1), (float8)(2)));
}
