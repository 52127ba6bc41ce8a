// Members that are arrays, with an index from memory.
// heddle: -g n n=256 in=uniform(32*n,lo=0,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 5670dd7e

typedef struct { int key[4]; int value[4]; } Bucket;
__kernel void struct_array_in_memory(__global const Bucket *in, __global int *out) {
  size_t i = get_global_id(0);
  int s = 0;
  for (int k = 0; k < 4; k++) s += in[i].value[in[i].key[k] & 3] - in[(i + 1) % 256].key[k];
  out[i] = s;
}
