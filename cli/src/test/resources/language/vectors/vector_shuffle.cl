// shuffle and shuffle2 with masks that come from memory.
// heddle: -g n n=300 a=uniform(n,lo=0,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 484013cc

__kernel void vector_shuffle(__global const uint4 *a, __global uint4 *out) {
  size_t i = get_global_id(0);
  uint4 v = a[i];
  uint4 m = (uint4)(i, i + 1, i * 3, 7 - i);
  out[i] = shuffle(v, m) + shuffle2(v, v * 2, m) * 3;
}
