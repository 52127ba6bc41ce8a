// Strings as constant tables.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 9964f329

__kernel void string_table(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  __constant char *digits = "0123456789abcdef";
  const char name[] = "heddle";
  out[i] = digits[a[i] & 15] * 256 + name[(a[i] & 3) + 1] + sizeof(name);
}
