// The same functions on bytes and on 16-bit vectors.
// heddle: -g n n=500 a=uniform(n,lo=-128,hi=128,seed=1) b=uniform(n,lo=-128,hi=128,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == ec6b62d7

__kernel void integer_builtins_small(__global const char *a, __global const char *b, __global int *out) {
  int i = get_global_id(0);
  char x = a[i], y = b[i];
  uchar ux = x, uy = y;
  int r = abs(x) + abs_diff(x, y) + add_sat(x, y) * 3 + add_sat(ux, uy) * 5 + sub_sat(ux, uy) * 7;
  r = r * 7 + hadd(x, y) + rhadd(ux, uy) + mul_hi(x, y) + mul_hi(ux, uy) + clz(ux) + popcount(x);
  r = r * 7 + rotate(ux, (uchar)3) + upsample(x, uy) + mad_sat(x, y, (char)1) + mad_hi(ux, uy, ux);
  short4 s = (short4)(x, y, x * y, 300);
  short4 t = add_sat(s * (short)200, (short4)(32000));
  ushort4 w = abs_diff(s, t);
  r += t.x + t.w + w.y + max(s, (short)4).x + clamp(s, (short4)(-3), (short4)(3)).z;
  out[i] = r;
}
