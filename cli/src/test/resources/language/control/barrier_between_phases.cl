// Three phases in local memory with barriers between.
// heddle: -g n n=256 -l 64 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == f858ebb1

__kernel void barrier_between_phases(__global const int *a, __global int *out) {
  __local int x[64], y[64];
  int l = get_local_id(0), i = get_global_id(0);
  x[l] = a[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  y[63 - l] = x[l] - x[(l + 1) & 63];
  barrier(CLK_LOCAL_MEM_FENCE);
  x[l] = y[l ^ 1] + y[l ^ 32];
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  out[i] = x[(l * 7) & 63];
}
