// Functions of halves, and conversions. PoCL 3.1 has no half; HalfArithmeticTest checks the rounding.
// heddle: -g n n=300 a=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 58b4e213

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
__kernel void half_functions(__global const half *a, __global half *out) {
  size_t i = get_global_id(0);
  half x = fabs(a[i]) + 0.01h;
  float f = convert_float(x);
  out[i] = sqrt(x) + exp(-x) + fmax(x, 2.0h) + convert_half_rtz(f * 1.1f) + clamp(x, 1.0h, 2.0h) + convert_int(x);
}
