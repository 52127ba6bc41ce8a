// Arithmetic, comparison and selection on float3.
// heddle: -g n n=150 a=uniform(n*4,lo=-4,hi=4,seed=1) b=uniform(n*4,lo=-4,hi=4,seed=2) out=zeros(n*4) -o out
// expect: crc32c(out) == 49bce610

__kernel void operators_float3(__global const float3 *a, __global const float3 *b, __global float3 *out) {
  size_t i = get_global_id(0);
  float3 x = a[i], y = b[i];
  float3 quotient = x / (fabs(y) + (float)1);
  int3 less = x < y;
  float3 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (float3)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (float3)(0.5));
}
