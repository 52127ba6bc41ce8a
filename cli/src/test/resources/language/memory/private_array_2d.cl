// Private arrays of two dimensions passed to functions.
// heddle: -g n n=100 in=uniform(n,lo=0,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == c7bd8188

int trace(int m[3][3]) { return m[0][0] + m[1][1] + m[2][2]; }
void scale(int (*m)[3], int f) { for (int r = 0; r < 3; r++) for (int c = 0; c < 3; c++) m[r][c] *= f; }
__kernel void private_array_2d(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int m[3][3] = { { 1, 2, 3 }, { 4, 5 } };
  m[2][i % 3] = in[i];
  scale(m, 3);
  out[i] = trace(m) + m[2][i % 3];
}
