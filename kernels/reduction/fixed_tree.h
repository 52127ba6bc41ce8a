// fixed_tree.h: what the reductions share. A block of 4096 elements is added by 64 strided lanes,
// the lanes by a binary tree; the blocks' sums are added in the same way by one work-group.

#define LANES 64
#define BLOCK 4096

/* Adds the lanes' values; the result is lane 0's. All work-items of the group must call it. */
void add_lanes(__local float *lanes, int lane) {
  for (int half_width = LANES / 2; half_width > 0; half_width /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lane < half_width) {
      lanes[lane] += lanes[lane + half_width];
    }
  }
}

__kernel void sum_all(const int n, __global const float *x, __global float *total) {
  __local float lanes[LANES];
  int lane = get_local_id(0);
  float sum = 0.0f;
  for (int i = lane; i < n; i += LANES) {
    sum += x[i];
  }
  lanes[lane] = sum;
  add_lanes(lanes, lane);
  if (lane == 0) {
    total[0] = lanes[0];
  }
}
