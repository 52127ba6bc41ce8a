// All integer functions on int and uint.
// heddle: -g n n=500 a=uniform(n,lo=-2147483648,hi=2147483647,seed=1) b=uniform(n,lo=-2147483648,hi=2147483647,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 0c2cfdc0

__kernel void integer_builtins(__global const int *a, __global const int *b, __global ulong *out) {
  int i = get_global_id(0), x = a[i], y = b[i];
  uint ux = x, uy = y;
  ulong r = abs(x) + abs_diff(x, y) * 3u;
  r = r * 31 + (uint)add_sat(x, y) + add_sat(ux, uy);
  r = r * 31 + (uint)sub_sat(x, y) + sub_sat(ux, uy);
  r = r * 31 + (uint)hadd(x, y) + hadd(ux, uy);
  r = r * 31 + (uint)rhadd(x, y) + rhadd(ux, uy);
  r = r * 31 + (uint)mul_hi(x, y) + mul_hi(ux, uy);
  r = r * 31 + (uint)mad_hi(x, y, 17) + mad_hi(ux, uy, 19u);
  r = r * 31 + (uint)mad_sat(x >> 17, y >> 16, 1 << 30) + mad_sat(ux >> 16, uy >> 15, ux);
  r = r * 31 + clz(x) + popcount(uy) + rotate(ux, uy);
  r = r * 31 + (uint)clamp(x, -5, 1000000) + max(ux, uy) + min(x, y);
  r = r * 31 + (uint)mul24(x >> 9, y >> 9) + mad24(ux >> 9, uy >> 9, 3u);
  r = r * 31 + upsample(ux, uy);
  out[i] = r;
}
