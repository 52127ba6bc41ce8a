// Powers of double.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*7) -o out
// expect: crc32c(out) == 8585376d

__kernel void powers_double(__global const double *a, __global const double *b, __global double *out) {
  size_t i = get_global_id(0);
  double x = a[i], y = b[i];
  out[7 * i + 0] = pow(fabs(x),y);
  out[7 * i + 1] = powr(fabs(x)+0.1,y);
  out[7 * i + 2] = pown(x,3);
  out[7 * i + 3] = rootn(fabs(x),3);
  out[7 * i + 4] = cbrt(x);
  out[7 * i + 5] = rsqrt(fabs(x)+0.1);
  out[7 * i + 6] = hypot(x,y);
}
