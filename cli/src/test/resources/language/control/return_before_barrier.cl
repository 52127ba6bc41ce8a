// Work-items beyond the end leave before the barriers of the others.
// heddle: -g n n=128 -l 32 a=uniform(n,lo=0,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 3d68cfa8

__kernel void return_before_barrier(__global const int *a, __global int *out) {
  __local int x[32];
  int l = get_local_id(0), i = get_global_id(0);
  if (get_group_id(0) == 2) { out[i] = -1; return; }
  x[l] = a[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int s = 16; s > 0; s >>= 1) {
    if (l < s) x[l] += x[l + s];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  out[i] = x[0] + l;
}
