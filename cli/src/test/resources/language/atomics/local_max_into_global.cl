// atomic_max within a work-group, then between work-groups.
// heddle: -g n n=512 -l 64 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(4) -o out
// expect: crc32c(out) == cbc711de

__kernel void local_max_into_global(__global const int *a, __global int *out) {
  __local int cells[4];
  int l = get_local_id(0);
  if (l < 4) cells[l] = 7 * l;
  barrier(CLK_LOCAL_MEM_FENCE);
  { __local int *c = &cells[l & 3]; int v = a[get_global_id(0)]; atomic_max(c, v); }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 4) { volatile __global int *c = &out[l]; int v = cells[l]; atomic_max(c, v); }
}
