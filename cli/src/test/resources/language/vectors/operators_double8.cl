// Arithmetic, comparison and selection on double8.
// heddle: -g n n=150 a=uniform(n*8,lo=-4,hi=4,seed=1) b=uniform(n*8,lo=-4,hi=4,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == 2efdc4e0

__kernel void operators_double8(__global const double8 *a, __global const double8 *b, __global double8 *out) {
  size_t i = get_global_id(0);
  double8 x = a[i], y = b[i];
  double8 quotient = x / (fabs(y) + (double)1);
  long8 less = x < y;
  double8 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (double8)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (double8)(0.5));
}
