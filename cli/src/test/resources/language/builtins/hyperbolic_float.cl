// Hyperbolic of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*6) -o out
// expect: crc32c(out) == c17ffeb5

__kernel void hyperbolic_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[6 * i + 0] = sinh(x);
  out[6 * i + 1] = cosh(x);
  out[6 * i + 2] = tanh(x);
  out[6 * i + 3] = asinh(x);
  out[6 * i + 4] = acosh(fabs(x)+1);
  out[6 * i + 5] = atanh(x*0.24f);
}
