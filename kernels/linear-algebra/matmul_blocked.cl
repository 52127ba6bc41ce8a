// matmul_blocked: c = a * b, each work-item computes 4 rows by 4 columns in registers.
// The columns of a work-item lie a quarter of the matrix apart, so that neighbours read and write
// neighbouring elements. n must be a multiple of 4.
// Source: register blocking (Goto and van de Geijn, ACM TOMS 34, 2008).
//
// heddle: -k matmul_blocked -g n/4,n/4 n=512 a=uniform(n*n,lo=-1,seed=1) b=uniform(n*n,lo=-1,seed=2) c=zeros(n*n) -o c
// expect: crc32c(c) == 2b39722b

__kernel void matmul_blocked(const int n, __global const float *a, __global const float *b,
                             __global float *c) {
  int quarter = n / 4;
  int col = get_global_id(0);
  int row = get_global_id(1) * 4;
  if (col >= quarter || row >= n) {
    return;
  }
  float c00 = 0.0f, c01 = 0.0f, c02 = 0.0f, c03 = 0.0f;
  float c10 = 0.0f, c11 = 0.0f, c12 = 0.0f, c13 = 0.0f;
  float c20 = 0.0f, c21 = 0.0f, c22 = 0.0f, c23 = 0.0f;
  float c30 = 0.0f, c31 = 0.0f, c32 = 0.0f, c33 = 0.0f;
  for (int k = 0; k < n; k++) {
    float b0 = b[k * n + col];
    float b1 = b[k * n + col + quarter];
    float b2 = b[k * n + col + 2 * quarter];
    float b3 = b[k * n + col + 3 * quarter];
    float a0 = a[row * n + k];
    float a1 = a[(row + 1) * n + k];
    float a2 = a[(row + 2) * n + k];
    float a3 = a[(row + 3) * n + k];
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  int first = row * n + col;
  c[first] = c00;
  c[first + quarter] = c01;
  c[first + 2 * quarter] = c02;
  c[first + 3 * quarter] = c03;
  c[first + n] = c10;
  c[first + n + quarter] = c11;
  c[first + n + 2 * quarter] = c12;
  c[first + n + 3 * quarter] = c13;
  c[first + 2 * n] = c20;
  c[first + 2 * n + quarter] = c21;
  c[first + 2 * n + 2 * quarter] = c22;
  c[first + 2 * n + 3 * quarter] = c23;
  c[first + 3 * n] = c30;
  c[first + 3 * n + quarter] = c31;
  c[first + 3 * n + 2 * quarter] = c32;
  c[first + 3 * n + 3 * quarter] = c33;
}
