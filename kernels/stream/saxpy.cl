// saxpy: y = a * x + y, single precision.
// Source: BLAS level 1 (Lawson, Hanson, Kincaid and Krogh, ACM TOMS 5, 1979).
//
// heddle: -k saxpy -g n n=1<<22 a=2.5 x=uniform(n,seed=1) y=uniform(n,seed=2) -o y
// expect: crc32c(y) == a62b1b71

__kernel void saxpy(const int n, const float a, __global const float *x, __global float *y) {
  int i = get_global_id(0);
  if (i < n) {
    y[i] = a * x[i] + y[i];
  }
}
