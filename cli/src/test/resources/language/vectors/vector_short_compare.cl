// Masks of 16-bit vectors are 16 bits wide.
// heddle: -g n n=1000 a=uniform(n,lo=-300,hi=300,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 39662fd4

__kernel void vector_short_compare(__global const short4 *a, __global short4 *out) {
  size_t i = get_global_id(0);
  short4 m = a[i] > (short)10;
  out[i] = (m & a[i]) | (~m & (short4)(7, 8, 9, 10));
}
