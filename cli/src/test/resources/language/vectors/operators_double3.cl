// Arithmetic, comparison and selection on double3.
// heddle: -g n n=150 a=uniform(n*4,lo=-4,hi=4,seed=1) b=uniform(n*4,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 6d61ede6

__kernel void operators_double3(__global const double3 *a, __global const double3 *b, __global double3 *out) {
  size_t i = get_global_id(0);
  double3 x = a[i], y = b[i];
  double3 quotient = x / (fabs(y) + (double)1);
  long3 less = x < y;
  double3 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (double3)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (double3)(0.5));
}
