// integer_hash: eight rounds of the finaliser of MurmurHash3 on each of n 32-bit keys.
// Source: Appleby, MurmurHash3 (2011), function fmix32.
//
// heddle: -k integer_hash -g n n=1<<22 keys=uniform(n,hi=1<<32,seed=1) hashes=zeros(n) -o hashes
// expect: crc32c(hashes) == 1e119d35

#define ROUNDS 8

uint mix(uint h) {
  h ^= h >> 16;
  h *= 0x85EBCA6Bu;
  h ^= h >> 13;
  h *= 0xC2B2AE35u;
  h ^= h >> 16;
  return h;
}

__kernel void integer_hash(const int n, __global const uint *keys, __global uint *hashes) {
  int i = get_global_id(0);
  if (i < n) {
    uint h = keys[i];
    for (int round = 0; round < ROUNDS; round++) {
      h = mix(h);
    }
    hashes[i] = h;
  }
}
