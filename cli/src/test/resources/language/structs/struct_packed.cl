// A packed struct has no padding, its members are not aligned.
// heddle: -g n n=200 in=uniform(11*n,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2ba606a3

typedef struct __attribute__((packed)) { uchar kind; uint value; ushort pair[3]; } Record;
__kernel void struct_packed(__global const Record *in, __global uint *out) {
  size_t i = get_global_id(0);
  Record r = in[i];
  out[i] = r.value + r.kind * 3u + r.pair[i % 3] + in[i].value + (uint)sizeof(Record);
}
