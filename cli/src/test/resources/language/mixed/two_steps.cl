// Two kernels in a row that share a buffer.
// step: -k partial -g 1024 -l 64 out=sums
// step: -k finish -g 1 sums=sums total=total
// heddle: -g 1 in=uniform(1024,lo=0,hi=100,seed=1) sums=zeros(16) total=zeros(1) -o total
// expect: crc32c(total) == a87e103c

__kernel void partial(__global const uint *in, __global uint *out) {
  __local uint sum;
  if (get_local_id(0) == 0) sum = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  atomic_add(&sum, in[get_global_id(0)]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (get_local_id(0) == 0) out[get_group_id(0)] = sum;
}
__kernel void finish(__global const uint *sums, __global uint *total) {
  uint sum = 0;
  for (int k = 0; k < 16; k++) sum += sums[k];
  total[0] = sum;
}
