// Copies by a whole group into local memory and back.
// heddle: -g 512 -l 64 in=uniform(512,seed=1) out=zeros(512) -o out
// expect: crc32c(out) == 6ffb6987

__kernel void async_copy(__global const float *in, __global float *out) {
  __local float tile[64];
  __local float result[64];
  event_t e = async_work_group_copy(tile, in + get_group_id(0) * 64, 64, 0);
  wait_group_events(1, &e);
  int l = get_local_id(0);
  result[l] = tile[63 - l] * 2.0f;
  barrier(CLK_LOCAL_MEM_FENCE);
  e = async_work_group_copy(out + get_group_id(0) * 64, result, 64, 0);
  wait_group_events(1, &e);
}
