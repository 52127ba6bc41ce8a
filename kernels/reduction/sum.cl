// sum: the sum of n floats, by one fixed tree, so that it does not depend on the device.
// Each work-group adds a block of 4096 elements: 64 strided lanes first, then a binary tree over
// the lanes. The second step adds the blocks' sums in the same way until one is left.
// Source: pairwise summation, error O(log n) (Higham, SIAM J. Sci. Comput. 14, 1993).
//
// heddle: n=1<<24 blocks=(n+4095)/4096 x=uniform(n,seed=1) partial=zeros(blocks) total=zeros(1) -o total
// step: -k sum_blocks -g 64*blocks -l 64 n=n x=x sums=partial
// step: -k sum_all -g 64 -l 64 n=blocks x=partial total=total
// expect: crc32c(total) == 9cd294c0

#include "fixed_tree.h"

__kernel void sum_blocks(const int n, __global const float *x, __global float *sums) {
  __local float lanes[LANES];
  int lane = get_local_id(0);
  int block = get_group_id(0);
  int first = block * BLOCK + lane;
  float sum = 0.0f;
  if (block * BLOCK + BLOCK <= n) {
    for (int k = 0; k < BLOCK / LANES; k++) {
      int i = first + k * LANES;
      sum += x[i];
    }
  } else {
    for (int i = first; i < n; i += LANES) {
      sum += x[i];
    }
  }
  lanes[lane] = sum;
  add_lanes(lanes, lane);
  if (lane == 0) {
    sums[block] = lanes[0];
  }
}
