// The integer functions on short and short4.
// heddle: -g n n=250 a=uniform(n*4,lo=-30000,hi=30000,seed=1) b=uniform(n*4,lo=-30000,hi=30000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 5440913e

__kernel void functions_short(__global const short4 *a, __global const short4 *b, __global short4 *out) {
  size_t i = get_global_id(0);
  short4 x = a[i], y = b[i];
  short4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (short)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (short)31 + add_sat(x, y);
  h = h * (short)31 + sub_sat(x, y);
  h = h * (short)31 + mad_sat(x, y, h);
  h = h * (short)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (short)31 + as_short4(abs_diff(x, y)) + as_short4(abs(x));
  h = h * (short)31 + clamp(x, min(y, (short)9), max(y, (short)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
