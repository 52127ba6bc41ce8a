// The inverse of a matrix by elimination with pivots.
// heddle: -g n n=40 a=uniform(n*16,lo=-1,hi=1,seed=1) out=zeros(n*16) -o out
// expect: crc32c(out) == fffa0116

__kernel void matrix_inverse_4(__global const double4 *a, __global double4 *out) {
  size_t i = get_global_id(0);
  double m[4][8];
  for (int r = 0; r < 4; r++) {
    vstore4(a[4 * i + r], 0, m[r]);
    for (int c = 0; c < 4; c++) m[r][c + 4] = r == c;
    m[r][r] += 3.0;
  }
  for (int p = 0; p < 4; p++) {
    int best = p;
    for (int r = p + 1; r < 4; r++) if (fabs(m[r][p]) > fabs(m[best][p])) best = r;
    for (int c = 0; c < 8; c++) { double t = m[p][c]; m[p][c] = m[best][c]; m[best][c] = t; }
    double scale = 1 / m[p][p];
    for (int c = 0; c < 8; c++) m[p][c] *= scale;
    for (int r = 0; r < 4; r++) if (r != p) { double f = m[r][p]; for (int c = 0; c < 8; c++) m[r][c] -= f * m[p][c]; }
  }
  for (int r = 0; r < 4; r++) out[4 * i + r] = vload4(1, m[r]);
}
