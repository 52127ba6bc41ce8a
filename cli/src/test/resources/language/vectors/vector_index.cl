// A pointer to vectors moved by pointer arithmetic.
// heddle: -g n n=300 in=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 29c13d61

__kernel void vector_index(__global const int2 *in, __global int2 *out) {
  __global const int2 *p = in + get_global_id(0);
  __global int2 *q = &out[get_global_size(0) - 1];
  q -= get_global_id(0);
  *q = *p + p[0].yx;
}
