// Integers written through pointers to bytes and shorts.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c65d13af

__kernel void byte_views(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  uint x = 0;
  uchar *b = (uchar *)&x;
  b[0] = a[i];
  b[3] = a[i] >> 4;
  ((ushort *)&x)[0] += 258;
  out[i] = x;
}
