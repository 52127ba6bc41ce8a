// Increment and decrement of vectors, before and after.
// heddle: -g n n=300 in=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 02facd61

__kernel void vector_increment(__global const int4 *in, __global int4 *out) {
  size_t i = get_global_id(0);
  int4 v = in[i];
  int4 a = v++;
  int4 b = --v;
  ++v;
  v--;
  out[i] = a * 100 + b * 10 + v;
}
