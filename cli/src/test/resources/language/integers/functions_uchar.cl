// The integer functions on uchar and uchar4.
// heddle: -g n n=250 a=uniform(n*4,lo=0,hi=256,seed=1) b=uniform(n*4,lo=0,hi=256,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 06903a25

__kernel void functions_uchar(__global const uchar4 *a, __global const uchar4 *b, __global uchar4 *out) {
  size_t i = get_global_id(0);
  uchar4 x = a[i], y = b[i];
  uchar4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (uchar)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (uchar)31 + add_sat(x, y);
  h = h * (uchar)31 + sub_sat(x, y);
  h = h * (uchar)31 + mad_sat(x, y, h);
  h = h * (uchar)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (uchar)31 + as_uchar4(abs_diff(x, y)) + as_uchar4(abs(x));
  h = h * (uchar)31 + clamp(x, min(y, (uchar)9), max(y, (uchar)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
