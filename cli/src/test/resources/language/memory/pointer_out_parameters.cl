// Results through pointers into global, local and private memory.
// heddle: -g n n=128 in=uniform(n,lo=-4,hi=4,seed=1) out=zeros(2*n) -o out
// expect: crc32c(out) == f7c7b0d6

void split(float v, __global float *whole, __private float *part) { float f = floor(v); *whole = f; *part = v - f; }
__kernel void pointer_out_parameters(__global const float *in, __global float *out) {
  int i = get_global_id(0);
  float rest;
  split(in[i], &out[2 * i], &rest);
  out[2 * i + 1] = rest;
}
