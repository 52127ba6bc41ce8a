// The integer functions on ulong and ulong4.
// heddle: -g n n=250 a=uniform(n*4,lo=0,hi=5000000000,seed=1) b=uniform(n*4,lo=0,hi=5000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == bfce53b6

__kernel void functions_ulong(__global const ulong4 *a, __global const ulong4 *b, __global ulong4 *out) {
  size_t i = get_global_id(0);
  ulong4 x = a[i], y = b[i];
  ulong4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (ulong)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (ulong)31 + add_sat(x, y);
  h = h * (ulong)31 + sub_sat(x, y);
  h = h * (ulong)31 + mad_sat(x, y, h);
  h = h * (ulong)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (ulong)31 + as_ulong4(abs_diff(x, y)) + as_ulong4(abs(x));
  h = h * (ulong)31 + clamp(x, min(y, (ulong)9), max(y, (ulong)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
