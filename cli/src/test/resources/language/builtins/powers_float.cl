// Powers of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*7) -o out
// expect: crc32c(out) == 930759b2

__kernel void powers_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[7 * i + 0] = pow(fabs(x),y);
  out[7 * i + 1] = powr(fabs(x)+0.1f,y);
  out[7 * i + 2] = pown(x,3);
  out[7 * i + 3] = rootn(fabs(x),3);
  out[7 * i + 4] = cbrt(x);
  out[7 * i + 5] = rsqrt(fabs(x)+0.1f);
  out[7 * i + 6] = hypot(x,y);
}
