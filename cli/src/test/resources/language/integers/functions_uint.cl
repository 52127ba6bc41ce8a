// The integer functions on uint and uint4.
// heddle: -g n n=250 a=uniform(n*4,lo=0,hi=3000000000,seed=1) b=uniform(n*4,lo=0,hi=3000000000,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == d684c590

__kernel void functions_uint(__global const uint4 *a, __global const uint4 *b, __global uint4 *out) {
  size_t i = get_global_id(0);
  uint4 x = a[i], y = b[i];
  uint4 h = hadd(x, y) ^ rhadd(x, y);
  h = h * (uint)31 + mul_hi(x, y) + mad_hi(x, y, h);
  h = h * (uint)31 + add_sat(x, y);
  h = h * (uint)31 + sub_sat(x, y);
  h = h * (uint)31 + mad_sat(x, y, h);
  h = h * (uint)31 + rotate(x, y) + clz(x) + popcount(y);
  h = h * (uint)31 + as_uint4(abs_diff(x, y)) + as_uint4(abs(x));
  h = h * (uint)31 + clamp(x, min(y, (uint)9), max(y, (uint)9));
  h.x += popcount(x.x) + clz(y.x);
  out[i] = h;
}
