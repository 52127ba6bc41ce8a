// Vectors by value to and from helpers, and changed through a pointer.
// heddle: -g n n=1000 in=uniform(n,lo=-1,hi=1,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 886edc50

float4 rotate_left(float4 v) { return v.yzwx; }
void accumulate(float4 *sum, float4 v, int times) {
  for (int k = 0; k < times; k++) { *sum += v; v = rotate_left(v); }
}
__kernel void vector_helpers(__global const float4 *in, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 sum = 0;
  accumulate(&sum, in[i], i % 5);
  out[i] = sum;
}
