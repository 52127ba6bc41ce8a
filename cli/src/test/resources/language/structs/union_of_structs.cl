// Two views of the same bytes.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == e36c017d

typedef union { ulong whole; struct { uint a; ushort b; ushort c; } parts; uchar bytes[8]; } U;
__kernel void union_of_structs(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  U u;
  u.whole = 0x1122334455667788UL + a[i];
  u.parts.b ^= 0x0f;
  u.bytes[3] += 1;
  out[i] = u.parts.a + u.parts.b + u.parts.c + (int)(u.whole >> 17);
}
