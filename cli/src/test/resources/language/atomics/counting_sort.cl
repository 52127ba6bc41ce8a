// Ranks from a histogram in local memory that one work-item sums.
// heddle: -g n n=256 -l 64 a=uniform(n,lo=0,hi=16,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2dbc87a4

__kernel void counting_sort(__global const uchar *a, __global uchar *out) {
  __local uint count[17];
  int l = get_local_id(0), size = get_local_size(0), base = get_group_id(0) * size;
  for (int i = l; i < 17; i += size) count[i] = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  atomic_inc(&count[a[base + l] + 1]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l == 0) for (int i = 1; i < 17; i++) count[i] += count[i - 1];
  barrier(CLK_LOCAL_MEM_FENCE);
  int value = 0;
  while (count[value + 1] <= l) value++;
  out[base + l] = value;
}
