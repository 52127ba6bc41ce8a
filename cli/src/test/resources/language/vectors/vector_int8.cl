// Vectors of eight integers: arithmetic, bits and shifts.
// heddle: -g n n=777 a=uniform(n,lo=-100,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == f537941e

__kernel void vector_int8(__global const int8 *a, __global int8 *out) {
  size_t i = get_global_id(0);
  int8 x = a[i];
  out[i] = ((x << 3) ^ (x >> 1)) + (x & 15) - (~x | 3) * 5 + x / 7 + x % 9;
}
