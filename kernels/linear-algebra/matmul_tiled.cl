// matmul_tiled: c = a * b, tile by tile through local memory.
// A work-group of 16 x 16 work-items loads one tile of a and one of b, waits, multiplies, waits.
// Source: the blocked algorithm of Lam, Rothberg and Wolf (ASPLOS 1991).
//
// heddle: -k matmul_tiled -g 16*((n+15)/16),16*((n+15)/16) -l 16,16 n=512 a=uniform(n*n,lo=-1,seed=1) b=uniform(n*n,lo=-1,seed=2) c=zeros(n*n) -o c
// expect: crc32c(c) == 2b39722b

#define TILE 16

__kernel void matmul_tiled(const int n, __global const float *a, __global const float *b,
                           __global float *c) {
  __local float tile_a[TILE][TILE];
  __local float tile_b[TILE][TILE];
  int x = get_local_id(0);
  int y = get_local_id(1);
  int col = get_group_id(0) * TILE + x;
  int row = get_group_id(1) * TILE + y;
  float sum = 0.0f;
  for (int first = 0; first < n; first += TILE) {
    tile_a[y][x] = row < n && first + x < n ? a[row * n + first + x] : 0.0f;
    tile_b[y][x] = first + y < n && col < n ? b[(first + y) * n + col] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = 0; k < TILE; k++) {
      sum += tile_a[y][k] * tile_b[k][x];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (row < n && col < n) {
    c[row * n + col] = sum;
  }
}
