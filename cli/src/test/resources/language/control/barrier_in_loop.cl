// A tree reduction: the barrier stands in a loop.
// heddle: -g 512 -l 64 in=uniform(512,seed=1) out=zeros(8) -o out
// expect: crc32c(out) == 93647c78

__kernel void barrier_in_loop(__global const float *in, __global float *out) {
  __local float part[64];
  int l = get_local_id(0);
  part[l] = in[get_global_id(0)];
  for (int s = 32; s > 0; s >>= 1) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (l < s) part[l] += part[l + s];
  }
  if (l == 0) out[get_group_id(0)] = part[0];
}
