// Arithmetic, comparison and selection on double4.
// heddle: -g n n=150 a=uniform(n*4,lo=-4,hi=4,seed=1) b=uniform(n*4,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == fa91d722

__kernel void operators_double4(__global const double4 *a, __global const double4 *b, __global double4 *out) {
  size_t i = get_global_id(0);
  double4 x = a[i], y = b[i];
  double4 quotient = x / (fabs(y) + (double)1);
  long4 less = x < y;
  double4 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (double4)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (double4)(0.5));
}
