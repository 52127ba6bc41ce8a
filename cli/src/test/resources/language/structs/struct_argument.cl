// A struct by value as a kernel argument; the kernel's changes are each item's own.
// heddle: -g n n=300 params=uniform(16,lo=0,hi=60,seed=3) in=uniform(n,lo=-200,hi=200,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 3f164ab9

typedef struct { uchar scale, shift; short offset; int table[3]; } Params;
__kernel void struct_argument(Params params, __global const int *in, __global int *out) {
  size_t i = get_global_id(0);
  params.offset += (short)i;
  params.table[i % 3] ^= 5;
  out[i] = in[i] * params.scale + params.shift + params.offset + params.table[(i + 1) % 3] + params.table[i % 3];
}
