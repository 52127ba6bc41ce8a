// Barriers under a condition that is the same for the whole group.
// heddle: -g 512 -l 64 mode=1 in=uniform(512,seed=1) out=zeros(512) -o out
// expect: crc32c(out) == 57d76704

__kernel void uniform_barrier_branch(int mode, __global const float *in, __global float *out) {
  __local float t[64];
  int l = get_local_id(0);
  t[l] = in[get_global_id(0)];
  if (mode == 1) {
    barrier(CLK_LOCAL_MEM_FENCE);
    out[get_global_id(0)] = t[63 - l];
  } else {
    out[get_global_id(0)] = t[l];
  }
}
