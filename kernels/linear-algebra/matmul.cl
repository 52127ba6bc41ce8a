// matmul: c = a * b for square matrices in row order, one work-item per element of c.
// c[row][col] = sum over k of a[row][k] * b[k][col]
// Source: BLAS level 3 (Dongarra, Du Croz, Hammarling and Duff, ACM TOMS 16, 1990), naive form.
//
// heddle: -k matmul -g n,n n=512 a=uniform(n*n,lo=-1,seed=1) b=uniform(n*n,lo=-1,seed=2) c=zeros(n*n) -o c
// expect: crc32c(c) == 2b39722b

__kernel void matmul(const int n, __global const float *a, __global const float *b,
                     __global float *c) {
  int col = get_global_id(0);
  int row = get_global_id(1);
  if (col >= n || row >= n) {
    return;
  }
  float sum = 0.0f;
  for (int k = 0; k < n; k++) {
    sum += a[row * n + k] * b[k * n + col];
  }
  c[row * n + col] = sum;
}
