// Arithmetic, comparison and selection on float4.
// heddle: -g n n=150 a=uniform(n*4,lo=-4,hi=4,seed=1) b=uniform(n*4,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == c57fac4e

__kernel void operators_float4(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i], y = b[i];
  float4 quotient = x / (fabs(y) + (float)1);
  int4 less = x < y;
  float4 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (float4)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (float4)(0.5));
}
