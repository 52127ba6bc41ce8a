// A local array of two dimensions, read across.
// heddle: -g n n=256 -l 64 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == aed23960

__kernel void local_2d(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  __local int t[8][9];
  int l = get_local_id(0);
  t[l >> 3][l & 7] = a[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[i] = t[l & 7][l >> 3];
}
