// kernel, global and local without underscores, const after the type.
// heddle: -g n n=64 -l 16 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 6ba217b7

inline int unused(int x);
__kernel void old_kernel_spelling(global int const * restrict a, global int * restrict out) {
  int i = get_global_id(0);
  local int t[16];
  t[get_local_id(0)] = a[i];
  barrier(1);
  out[i] = t[15 - get_local_id(0)];
}
