// Substitution, rotation and mixing on uchar4 columns.
// heddle: -g n n=100 a=uniform(n*16,lo=0,hi=256,seed=1) out=zeros(n*16) -o out
// expect: crc32c(out) == 5da9900a

uchar4 xtime(uchar4 v) { return (v << (uchar)1) ^ ((v >> (uchar)7) * (uchar)0x1b); }
__kernel void aes_like_rounds(__global const uchar16 *a, __global uchar16 *out) {
  uchar16 s = a[get_global_id(0)];
  for (int round = 0; round < 4; round++) {
    s = (uchar16)(s.s05af, s.s49e3, s.s8d27, s.sc16b);
    uchar4 c[4] = { s.s0123, s.s4567, s.s89ab, s.scdef };
    for (int k = 0; k < 4; k++) {
      uchar4 t = c[k] ^ c[k].yzwx;
      c[k] ^= xtime(t) ^ (uchar)(c[k].x ^ c[k].y ^ c[k].z ^ c[k].w);
    }
    s = (uchar16)(c[0], c[1], c[2], c[3]) ^ (uchar)round;
  }
  out[get_global_id(0)] = s;
}
