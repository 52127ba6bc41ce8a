// The integer functions on long and long4.
// heddle: -g n n=250 a=uniform(n*4,lo=-1000000000,hi=1000000000,seed=1) b=uniform(n*4,lo=-1000000000,hi=1000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 9d892c6e

__kernel void functions_long(__global const long4 *a, __global const long4 *b, __global long4 *out) {
  size_t i = get_global_id(0);
  long4 x = a[i], y = b[i];
  long4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (long)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (long)31 + add_sat(x, y);
  h = h * (long)31 + sub_sat(x, y);
  h = h * (long)31 + mad_sat(x, y, h);
  h = h * (long)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (long)31 + as_long4(abs_diff(x, y)) + as_long4(abs(x));
  h = h * (long)31 + clamp(x, min(y, (long)9), max(y, (long)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
