// A struct by value that the kernel only reads, whole and passed on.
// heddle: -g n n=300 params=uniform(16,lo=0,hi=60,seed=3) in=uniform(n,lo=-200,hi=200,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 864aba04

typedef struct { uchar scale, shift; short offset; int table[3]; } Params;
int apply(Params p, int v) { p.offset ^= 7; return v * p.scale + p.shift + p.offset + p.table[1]; }
__kernel void struct_argument_read(const Params params, __global const int *in, __global int *out) {
  size_t i = get_global_id(0);
  Params mine = params;
  mine.table[i % 3] = i;
  out[i] = apply(params, in[i]) + mine.table[(i + 1) % 3];
}
