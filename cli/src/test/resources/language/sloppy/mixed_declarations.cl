// Qualifiers in odd orders and places.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 081cba42

__kernel void mixed_declarations(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  const volatile int unsigned_looking = 3;
  unsigned int long wide = a[i];
  int static_looking[2] = { 1, 2, };;
  out[i] = (int)(wide >> 1) + unsigned_looking + static_looking[1];
}
