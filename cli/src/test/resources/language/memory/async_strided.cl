// Strided copies of vectors in a group of two dimensions, several events in an array.
// heddle: -g 128,2 -l 32,2 in=uniform(1024,seed=1) out=zeros(1024) -o out
// expect: crc32c(out) == 1f68cb45

__kernel void async_strided(__global const float2 *in, __global float2 *out) {
  __local float2 a[64], b[64];
  event_t events[2];
  size_t g = get_group_id(0) * 128;
  events[0] = async_work_group_strided_copy(a, in + g, 64, 2, 0);
  events[1] = async_work_group_strided_copy(b, in + g + 1, 64, 2, 0);
  prefetch(in + g, 64);
  wait_group_events(2, events);
  int l = get_local_id(0) + 32 * get_local_id(1);
  out[g + l] = a[l].yx;
  out[g + 64 + l] = b[63 - l];
}
