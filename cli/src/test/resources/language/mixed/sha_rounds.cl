// Rounds of SHA-256 with its macros, constants and a ring of words.
// heddle: -g n n=64 in=uniform(16*n,lo=0,hi=4294967295,seed=1) out=zeros(8*n) -o out
// expect: crc32c(out) == edef40db

#define ROTR(x, n) rotate((x), (uint)(32 - (n)))
#define CH(x, y, z) bitselect((z), (y), (x))
#define MAJ(x, y, z) CH((x) ^ (z), (y), (z))
#define S0(x) (ROTR(x, 2) ^ ROTR(x, 13) ^ ROTR(x, 22))
#define S1(x) (ROTR(x, 6) ^ ROTR(x, 11) ^ ROTR(x, 25))
#define s0(x) (ROTR(x, 7) ^ ROTR(x, 18) ^ ((x) >> 3))
#define s1(x) (ROTR(x, 17) ^ ROTR(x, 19) ^ ((x) >> 10))
__constant uint start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };
__kernel void sha_rounds(__global const uint *in, __global uint *out) {
  size_t i = get_global_id(0);
  uint w[16], v[8];
  for (int k = 0; k < 16; k++) w[k] = in[16 * i + k];
  for (int k = 0; k < 8; k++) v[k] = start[k];
  for (int r = 0; r < 48; r++) {
    if (r >= 16) w[r & 15] += s1(w[(r + 14) & 15]) + w[(r + 9) & 15] + s0(w[(r + 1) & 15]);
    uint t = v[7] + S1(v[4]) + CH(v[4], v[5], v[6]) + w[r & 15] + 0x428a2f98u * (r + 1);
    uint u = S0(v[0]) + MAJ(v[0], v[1], v[2]);
    for (int k = 7; k > 0; k--) v[k] = v[k - 1];
    v[4] += t;
    v[0] = t + u;
  }
  for (int k = 0; k < 8; k++) out[8 * i + k] = v[k] + start[k];
}
