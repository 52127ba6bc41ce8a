// Vectors of half, in literals, swizzles and helpers. PoCL 3.1 has no half; HalfArithmeticTest checks the rounding.
// heddle: -g n n=300 a=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 26f813eb

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
half2 mixed(half2 p, half2 q) { return p * (half)0.25f + q; }
__kernel void half_components(__global const half *a, __global half *out) {
  size_t i = get_global_id(0);
  half4 v = (half4)(a[i], 1, 2.5f, -1.0h);
  v.yz = mixed(v.xy, v.zw);
  out[i] = dot(v, v.wzyx) + v[i & 3];
}
