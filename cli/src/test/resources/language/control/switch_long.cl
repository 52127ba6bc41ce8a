// Cases of 64 bits, negative ones and ranges of an enum.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 9ab6f03d

enum { LOW = -5, HIGH = 1 << 20 };
__kernel void switch_long(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  long key = (long)(a[i] & 3) << 40;
  switch (key) { case 0x10000000000L: out[i] = 1; break; case 2L << 40: out[i] = LOW; break; case -1: out[i] = 9; break; default: out[i] = HIGH; }
}
