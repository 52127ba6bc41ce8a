// dot: the inner product of two vectors, by the fixed tree of fixed_tree.h.
// Source: BLAS level 1; pairwise summation (Higham, SIAM J. Sci. Comput. 14, 1993).
//
// heddle: n=1<<24 blocks=(n+4095)/4096 x=uniform(n,lo=-1,seed=1) y=uniform(n,lo=-1,seed=2) partial=zeros(blocks) result=zeros(1) -o result
// step: -k dot_blocks -g 64*blocks -l 64 n=n x=x y=y sums=partial
// step: -k sum_all -g 64 -l 64 n=blocks x=partial total=result
// expect: crc32c(result) == 2c538138

#include "fixed_tree.h"

__kernel void dot_blocks(const int n, __global const float *x, __global const float *y,
                         __global float *sums) {
  __local float lanes[LANES];
  int lane = get_local_id(0);
  int block = get_group_id(0);
  int first = block * BLOCK + lane;
  float sum = 0.0f;
  if (block * BLOCK + BLOCK <= n) {
    for (int k = 0; k < BLOCK / LANES; k++) {
      int i = first + k * LANES;
      sum += x[i] * y[i];
    }
  } else {
    for (int i = first; i < n; i += LANES) {
      sum += x[i] * y[i];
    }
  }
  lanes[lane] = sum;
  add_lanes(lanes, lane);
  if (lane == 0) {
    sums[block] = lanes[0];
  }
}
