// Rounds written by macros that call each other.
// heddle: -g n n=64 in=uniform(16*n,lo=0,hi=65536,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c83d492b

#define R1(k) h = rotate(h ^ w[k], 5u) * 0x01000193u;
#define R4(k) R1(k) R1(k + 1) R1(k + 2) R1(k + 3)
#define R16(k) R4(k) R4(k + 4) R4(k + 8) R4(k + 12)
__kernel void macro_unrolled(__global const uint *in, __global uint *out) {
  uint w[16], h = 0x811c9dc5u;
  size_t i = get_global_id(0);
  for (int k = 0; k < 16; k++) w[k] = in[16 * i + k];
  R16(0)
  out[i] = h;
}
