// The size of the work-group is the kernel's own.
// heddle: -g 256 in=uniform(256,seed=1) out=zeros(256) -o out
// expect: crc32c(out) == 323f604d

__kernel __attribute__((reqd_work_group_size(32, 1, 1)))
void required_group(__global const float *in, __global float *out) {
  __local float t[32];
  t[get_local_id(0)] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = t[(get_local_id(0) + 5) % get_local_size(0)] + get_num_groups(0);
}
