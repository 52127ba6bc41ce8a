// The same for double.
// heddle: -g n n=400 a=uniform(n,lo=-30,hi=30,seed=1) b=uniform(n,lo=1,hi=9,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 9c553d67

__kernel void double_functions(__global const double *a, __global const double *b, __global double8 *out) {
  size_t i = get_global_id(0);
  double x = a[i], y = b[i];
  int e;
  double m = frexp(x, &e), w, f = modf(x, &w);
  out[i] = (double8)(fma(x, y, 1.0), sqrt(y), x / y, fmod(x, y), m + e, f + 2 * w, rint(x) + floor(y), fmax(x, y) + copysign(y, x));
}
