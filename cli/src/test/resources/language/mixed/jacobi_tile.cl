// A stencil on a tile with a border in local memory.
// heddle: -g 32,32 -l 16,16 a=uniform(1156,lo=0,hi=1,seed=1) out=zeros(1024) -o out
// expect: crc32c(out) == 8ebefdb3

#define T 16
__kernel void jacobi_tile(__global const float *a, __global float *out) {
  __local float t[T + 2][T + 2];
  int lx = get_local_id(0), ly = get_local_id(1), x = get_global_id(0), y = get_global_id(1);
  int w = get_global_size(0) + 2;
  for (int r = ly; r < T + 2; r += T)
    for (int c = lx; c < T + 2; c += T)
      t[r][c] = a[(get_group_id(1) * T + r) * w + get_group_id(0) * T + c];
  barrier(CLK_LOCAL_MEM_FENCE);
  float s = t[ly][lx + 1] + t[ly + 2][lx + 1] + t[ly + 1][lx] + t[ly + 1][lx + 2];
  out[y * get_global_size(0) + x] = 0.25f * s;
}
