// Sixteen signed bytes: the results wrap, shift counts are masked to the type.
// heddle: -g n n=333 a=uniform(n,lo=-128,hi=128,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 1dec112c

__kernel void vector_char16(__global const char16 *a, __global char16 *out) {
  size_t i = get_global_id(0);
  char16 x = a[i];
  out[i] = (char16)(x * x) + (x << (char16)(1)) - (x >> (char16)(2));
}
