// Arithmetic, comparison and selection on double16.
// heddle: -g n n=150 a=uniform(n*16,lo=-4,hi=4,seed=1) b=uniform(n*16,lo=-4,hi=4,seed=2) out=zeros(n*16) -o out
// expect: crc32c(out) == 4d4f6731

__kernel void operators_double16(__global const double16 *a, __global const double16 *b, __global double16 *out) {
  size_t i = get_global_id(0);
  double16 x = a[i], y = b[i];
  double16 quotient = x / (fabs(y) + (double)1);
  long16 less = x < y;
  double16 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (double16)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (double16)(0.5));
}
