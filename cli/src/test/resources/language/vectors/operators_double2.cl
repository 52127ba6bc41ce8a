// Arithmetic, comparison and selection on double2.
// heddle: -g n n=150 a=uniform(n*2,lo=-4,hi=4,seed=1) b=uniform(n*2,lo=-4,hi=4,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == 2169528c

__kernel void operators_double2(__global const double2 *a, __global const double2 *b, __global double2 *out) {
  size_t i = get_global_id(0);
  double2 x = a[i], y = b[i];
  double2 quotient = x / (fabs(y) + (double)1);
  long2 less = x < y;
  double2 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (double2)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (double2)(0.5));
}
