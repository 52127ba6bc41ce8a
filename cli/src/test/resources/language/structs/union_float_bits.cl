// The bits of a float through a union.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == e57aac3e

typedef union { float x; uint u; ushort s[2]; } F;
__kernel void union_float_bits(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  F f;
  f.x = a[i] * 0.125f;
  f.u ^= 0x80000000u;
  f.s[0] |= 1;
  out[i] = (int)(f.u >> 8) + (f.x < 0);
}
