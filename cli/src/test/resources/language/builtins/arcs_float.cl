// Arcs of float.
// heddle: -g n n=200 a=uniform(n,lo=-4,hi=4,seed=1) b=uniform(n,lo=-4,hi=4,seed=2) out=zeros(n*6) -o out
// expect: crc32c(out) == 6c0bbda5

__kernel void arcs_float(__global const float *a, __global const float *b, __global float *out) {
  size_t i = get_global_id(0);
  float x = a[i], y = b[i];
  out[6 * i + 0] = asin(x*0.25f);
  out[6 * i + 1] = acos(x*0.25f);
  out[6 * i + 2] = atan(x);
  out[6 * i + 3] = atan2(x,y);
  out[6 * i + 4] = asinpi(x*0.25f);
  out[6 * i + 5] = atan2pi(y,x);
}
