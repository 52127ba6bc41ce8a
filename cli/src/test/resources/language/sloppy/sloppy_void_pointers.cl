// Pointers to void, moved by bytes.
// heddle: -g n n=100 in=uniform(4*n,lo=0,hi=256,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 96f5c18d

uint word(__global const void *p, int at) { return *(__global const uint *)((__global const char *)p + at); }
__kernel void sloppy_void_pointers(__global const void *in, __global uint *out) {
  int i = get_global_id(0);
  out[i] = word(in, 4 * i);
}
