// Vectors of four: all arithmetic operators, with a scalar on either side.
// heddle: -g n n=1000 a=uniform(n,lo=-5,hi=5,seed=1) b=uniform(n,lo=-5,hi=5,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == c0dedd03

__kernel void vector_add4(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i];
  float4 y = b[i];
  out[i] = (x + y) * 2.0f - 1.0f / (y * y + 1.0f) + -x;
}
