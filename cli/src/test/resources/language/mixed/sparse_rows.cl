// Rows of a sparse matrix, with an index from memory.
// heddle: -g 100 rows=100 start=iota(101,0,5) column=uniform(500,lo=0,hi=100,seed=1) value=uniform(500,seed=2) x=uniform(100,seed=3) y=zeros(100) -o y
// expect: crc32c(y) == f5b125bf

__kernel void sparse_rows(int rows, __global const int *start, __global const int *column, __global const float *value, __global const float *x, __global float *y) {
  int row = get_global_id(0);
  if (row >= rows) return;
  float sum = 0.0f;
  for (int k = start[row]; k < start[row + 1]; ++k) sum = mad(value[k], x[column[k]], sum);
  y[row] = sum;
}
