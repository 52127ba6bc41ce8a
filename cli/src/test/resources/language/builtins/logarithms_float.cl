// Logarithms of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*5) -o out
// expect: crc32c(out) == a0c55b6f

__kernel void logarithms_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[5 * i + 0] = log(fabs(x)+0.01f);
  out[5 * i + 1] = log2(fabs(x)+0.01f);
  out[5 * i + 2] = log10(fabs(x)+0.01f);
  out[5 * i + 3] = log1p(fabs(x));
  out[5 * i + 4] = logb(x);
}
