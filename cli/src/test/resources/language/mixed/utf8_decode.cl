// Bytes to code points, with every error path.
// heddle: -g n n=800 a=uniform(n+4,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 5093115a

int decode(__global const uchar *p, int *length) {
  uchar c = p[0];
  *length = 1;
  if (c < 0x80) return c;
  int extra = (c & 0xe0) == 0xc0 ? 1 : (c & 0xf0) == 0xe0 ? 2 : (c & 0xf8) == 0xf0 ? 3 : 0;
  if (!extra) return -1;
  int value = c & (0x3f >> extra);
  for (int k = 1; k <= extra; k++) {
    if ((p[k] & 0xc0) != 0x80) return -2 - k;
    value = value << 6 | (p[k] & 0x3f);
  }
  *length = extra + 1;
  return value;
}
__kernel void utf8_decode(__global const uchar *a, __global int *out) {
  int i = get_global_id(0), length;
  out[i] = decode(a + i, &length) * 8 + length;
}
