// Sums, products and quotients of halves. PoCL 3.1 has no half; HalfArithmeticTest checks the rounding.
// heddle: -g n n=300 a=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == eb05e390

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
__kernel void half_operators(__global const half *a, __global half *out) {
  size_t i = get_global_id(0);
  half x = a[i], y = a[get_global_size(0) - 1 - i];
  x = x * y + x / (fabs(y) + 1.0h) - 3;
  x -= 0.5h;
  out[i] = x < y ? -x++ : x;
}
