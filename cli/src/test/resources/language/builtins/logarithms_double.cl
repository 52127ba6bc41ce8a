// Logarithms of double.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*5) -o out
// expect: crc32c(out) == a7337628

__kernel void logarithms_double(__global const double *a, __global const double *b, __global double *out) {
  size_t i = get_global_id(0);
  double x = a[i], y = b[i];
  out[5 * i + 0] = log(fabs(x)+0.01);
  out[5 * i + 1] = log2(fabs(x)+0.01);
  out[5 * i + 2] = log10(fabs(x)+0.01);
  out[5 * i + 3] = log1p(fabs(x));
  out[5 * i + 4] = logb(x);
}
