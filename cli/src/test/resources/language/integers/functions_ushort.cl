// The integer functions on ushort and ushort4.
// heddle: -g n n=250 a=uniform(n*4,lo=0,hi=65000,seed=1) b=uniform(n*4,lo=0,hi=65000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 2df27967

__kernel void functions_ushort(__global const ushort4 *a, __global const ushort4 *b, __global ushort4 *out) {
  size_t i = get_global_id(0);
  ushort4 x = a[i], y = b[i];
  ushort4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (ushort)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (ushort)31 + add_sat(x, y);
  h = h * (ushort)31 + sub_sat(x, y);
  h = h * (ushort)31 + mad_sat(x, y, h);
  h = h * (ushort)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (ushort)31 + as_ushort4(abs_diff(x, y)) + as_ushort4(abs(x));
  h = h * (ushort)31 + clamp(x, min(y, (ushort)9), max(y, (ushort)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
