// Tiles with edges that the tile does not divide.
// heddle: -g 64,48 -l 16,16 n=40 a=uniform(48*40,seed=1) b=uniform(40*64,seed=2) c=zeros(48*64) -o c
// expect: crc32c(c) == 534396dc

#define S 16
__kernel void matrix_tiles(int n, __global const float *a, __global const float *b, __global float *c) {
  __local float ta[S][S + 1], tb[S][S];
  int x = get_global_id(0), y = get_global_id(1), lx = get_local_id(0), ly = get_local_id(1);
  float sum = 0;
  for (int t = 0; t < n; t += S) {
    ta[ly][lx] = t + lx < n ? a[y * n + t + lx] : 0.0f;
    tb[ly][lx] = t + ly < n ? b[(t + ly) * 64 + x] : 0.0f;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = 0; k < S; k++) sum += ta[ly][k] * tb[k][lx];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  c[y * 64 + x] = sum;
}
