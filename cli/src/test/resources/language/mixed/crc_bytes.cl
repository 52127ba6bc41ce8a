// A checksum by a table that the kernel makes itself.
// heddle: -g n n=128 -l 32 a=uniform(n*16,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 45e34ae8

__kernel void crc_bytes(__global const uchar *a, __global uint *out) {
  __local uint table[256];
  for (uint k = get_local_id(0); k < 256; k += get_local_size(0)) {
    uint c = k;
    for (int b = 0; b < 8; b++) c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
    table[k] = c;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  uint crc = ~0u;
  for (int k = 0; k < 16; k++) crc = table[(crc ^ a[get_global_id(0) * 16 + k]) & 255] ^ (crc >> 8);
  out[get_global_id(0)] = ~crc;
}
