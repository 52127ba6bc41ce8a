// A histogram in local memory, added to the whole at the end.
// heddle: -g 1024 -l 64 in=uniform(1024,lo=0,hi=32,seed=1) out=zeros(32) -o out
// expect: crc32c(out) == 82b466da

__kernel void atomic_histogram(__global const uchar *in, __global uint *out) {
  __local uint bins[32];
  int l = get_local_id(0);
  for (int k = l; k < 32; k += get_local_size(0)) bins[k] = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  atomic_inc(&bins[in[get_global_id(0)]]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 32 && bins[l]) atomic_add(&out[l], bins[l]);
}
