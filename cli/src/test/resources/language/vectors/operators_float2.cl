// Arithmetic, comparison and selection on float2.
// heddle: -g n n=150 a=uniform(n*2,lo=-4,hi=4,seed=1) b=uniform(n*2,lo=-4,hi=4,seed=2) out=zeros(n*2) -o out
// expect: crc32c(out) == b2c4e825

__kernel void operators_float2(__global const float2 *a, __global const float2 *b, __global float2 *out) {
  size_t i = get_global_id(0);
  float2 x = a[i], y = b[i];
  float2 quotient = x / (fabs(y) + (float)1);
  int2 less = x < y;
  float2 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (float2)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (float2)(0.5));
}
