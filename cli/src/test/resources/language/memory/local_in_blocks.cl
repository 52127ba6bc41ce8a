// Local scalars and arrays of two dimensions.
// heddle: -g 256 -l 32 in=uniform(256,seed=1) out=zeros(256) -o out
// expect: crc32c(out) == 4ec24e96

__kernel void local_in_blocks(__global const float *in, __global float *out) {
  __local float grid[4][9];
  __local float total;
  int l = get_local_id(0);
  grid[l >> 3][l & 7] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l == 0) { total = 0; for (int r = 0; r < 4; r++) for (int c = 0; c < 8; c++) total += grid[r][c]; }
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = total + grid[l & 3][l >> 2];
}
