// Buffers of structs with padding, read and written by member.
// heddle: -g n n=256 a=uniform(n*6,lo=0,hi=250,seed=1) out=zeros(n*6) -o out
// expect: crc32c(out) == fa9ad9fb

typedef struct { short s; char c; char pad; int i; int2 v; } Record;
__kernel void struct_buffers(__global const Record *a, __global Record *out) {
  int i = get_global_id(0);
  if (i * 4 >= (int)get_global_size(0)) return;
  Record r = a[i];
  r.i += r.s;
  r.v = r.v.yx + (int2)(r.c, 1);
  out[i] = r;
  out[i].c = a[i].pad;
}
