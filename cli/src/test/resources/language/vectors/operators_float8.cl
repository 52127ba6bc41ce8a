// Arithmetic, comparison and selection on float8.
// heddle: -g n n=150 a=uniform(n*8,lo=-4,hi=4,seed=1) b=uniform(n*8,lo=-4,hi=4,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == eff69bd7

__kernel void operators_float8(__global const float8 *a, __global const float8 *b, __global float8 *out) {
  size_t i = get_global_id(0);
  float8 x = a[i], y = b[i];
  float8 quotient = x / (fabs(y) + (float)1);
  int8 less = x < y;
  float8 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (float8)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (float8)(0.5));
}
