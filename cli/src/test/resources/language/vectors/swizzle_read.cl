// Components by xyzw and by number, repeated and in any order.
// heddle: -g n n=1000 a=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 67e5ce03

__kernel void swizzle_read(__global const float4 *a, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 v = a[i];
  out[i] = v.wzyx + v.xxyy * v.s3210 - (float4)(v.zw, v.S0, v.s1) + v.yyyy;
}
