// histogram: how often each of 256 grey values occurs.
// Every work-group counts in local memory first and adds its counts to the total at the end.
// Source: Podlozhnyuk, Histogram calculation (2007), the shared-memory form.
//
// heddle: -k histogram -g 1<<16 -l 256 n=1<<24 pixels=uniform(n,hi=256,seed=1) counts=zeros(256) -o counts
// expect: crc32c(counts) == 4fa3c0d0

#define BINS 256

__kernel void histogram(const int n, __global const uchar *pixels, __global uint *counts) {
  __local uint local_counts[BINS];
  int item = get_local_id(0);
  int items = get_local_size(0);
  for (int bin = item; bin < BINS; bin += items) {
    local_counts[bin] = 0;
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  int all = get_global_size(0);
  for (int i = get_global_id(0); i < n; i += all) {
    atomic_inc(&local_counts[pixels[i]]);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int bin = item; bin < BINS; bin += items) {
    atomic_add(&counts[bin], local_counts[bin]);
  }
}
