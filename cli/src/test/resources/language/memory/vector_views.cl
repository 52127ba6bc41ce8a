// A buffer of ints read as vectors of other types.
// heddle: -g n n=300 a=uniform(n*4,lo=0,hi=1000000,seed=1) out=zeros(n*4) -o out
// expect: crc32c(out) == 4370bc36

__kernel void vector_views(__global const uint *a, __global uint *out) {
  size_t i = get_global_id(0);
  __global const ushort4 *s = (__global const ushort4 *)a;
  __global const uchar16 *b = (__global const uchar16 *)a;
  uint4 r = (uint4)(s[2 * i].x, s[2 * i + 1].w, b[i].s5, b[i].sc);
  *(__global uint4 *)(out + 4 * i) = r + ((__global const uint4 *)a)[i];
}
