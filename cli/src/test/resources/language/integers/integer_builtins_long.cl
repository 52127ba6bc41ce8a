// The same functions on 64 bits.
// heddle: -g n n=500 a=uniform(n,lo=-9e18,hi=9e18,seed=1) b=uniform(n,lo=-9e18,hi=9e18,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 8b741a42

__kernel void integer_builtins_long(__global const long *a, __global const long *b, __global ulong *out) {
  int i = get_global_id(0);
  long x = a[i], y = b[i];
  ulong ux = x, uy = y;
  ulong r = abs(x) + abs_diff(x, y) * 3 + (ulong)add_sat(x, y) + add_sat(ux, uy) * 5;
  r = r * 31 + (ulong)sub_sat(x, y) + sub_sat(ux, uy) + (ulong)hadd(x, y) + rhadd(ux, uy);
  r = r * 31 + (ulong)mul_hi(x, y) + mul_hi(ux, uy) + (ulong)mad_hi(x, y, x) + mad_sat(ux >> 20, uy >> 30, ux);
  r = r * 31 + clz(x >> (i & 63)) + popcount(ux) + rotate(ux, uy) + (ulong)clamp(x, -5L, 5L) + min(ux, uy);
  out[i] = r;
}
