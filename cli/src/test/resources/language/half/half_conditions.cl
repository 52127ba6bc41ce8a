// Comparisons, conditions and mixtures with other types. PoCL 3.1 has no half; HalfArithmeticTest checks the rounding.
// heddle: -g n n=300 a=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 3e06e49c

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
__kernel void half_conditions(__global const half *a, __global half *out) {
  size_t i = get_global_id(0);
  half x = a[i];
  int n = 0;
  while (x && n < 5) { x *= 0.5f; n++; }
  half2 m = (half2)(x, a[i]);
  short2 less = m < m.yx;
  out[i] = (x > 0) + n * (half)2 + (less.x ? x : 1.0h) + (x == x ? 10 : 20) + (!x ? 100 : 0);
}
