// A union seen as float, as integer and as bytes.
// heddle: -g n n=500 in=uniform(n,lo=-100,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 8bd44e69

typedef union { float f; uint u; uchar b[4]; short2 s; } Bits;
__kernel void union_punning(__global const float *in, __global uint *out) {
  size_t i = get_global_id(0);
  Bits v;
  v.f = in[i];
  uint sign = v.u >> 31;
  v.b[0] ^= 0x0f;
  v.s.y += (short)1;
  out[i] = v.u + sign + v.b[i & 3];
}
