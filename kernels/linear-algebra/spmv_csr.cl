// spmv_csr: y = A * x for a sparse matrix in compressed row storage, one work-item per row.
// Row r's entries are values[row_start[r]] .. values[row_start[r + 1] - 1], in columns[...].
// Source: the CSR format (Saad, Iterative Methods for Sparse Linear Systems, section 3.4).
//
// heddle: -k spmv_csr -g rows rows=1<<20 per_row=16 row_start=iota(rows+1,step=per_row) columns=uniform(rows*per_row,hi=rows,seed=1) values=uniform(rows*per_row,lo=-1,seed=2) x=uniform(rows,lo=-1,seed=3) y=zeros(rows) -o y
// expect: crc32c(y) == 61327ca5

__kernel void spmv_csr(const int rows, __global const int *row_start, __global const int *columns,
                       __global const float *values, __global const float *x,
                       __global float *y) {
  int row = get_global_id(0);
  if (row >= rows) {
    return;
  }
  float sum = 0.0f;
  int end = row_start[row + 1];
  for (int k = row_start[row]; k < end; k++) {
    sum += values[k] * x[columns[k]];
  }
  y[row] = sum;
}
