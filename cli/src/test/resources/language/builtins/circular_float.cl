// Circular of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*5) -o out
// expect: crc32c(out) == 83ac22f7

__kernel void circular_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[5 * i + 0] = sin(x);
  out[5 * i + 1] = cos(x);
  out[5 * i + 2] = tan(x*0.3f);
  out[5 * i + 3] = sinpi(x);
  out[5 * i + 4] = cospi(x);
}
