// Arithmetic, comparison and selection on float16.
// heddle: -g n n=150 a=uniform(n*16,lo=-4,hi=4,seed=1) b=uniform(n*16,lo=-4,hi=4,seed=2) out=zeros(n*16) -o out
// expect: crc32c(out) == fb7fe6b1

__kernel void operators_float16(__global const float16 *a, __global const float16 *b, __global float16 *out) {
  size_t i = get_global_id(0);
  float16 x = a[i], y = b[i];
  float16 quotient = x / (fabs(y) + (float)1);
  int16 less = x < y;
  float16 chosen = less ? quotient : -quotient;
  chosen += select(x, y, less) - (isless(x, (float16)(0)) ? x : y);
  out[i] = chosen - (x == y ? x : (float16)(0.5));
}
