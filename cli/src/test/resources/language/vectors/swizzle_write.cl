// Assignment to some components, also compound and to memory.
// heddle: -g n n=1000 a=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 7939c494

__kernel void swizzle_write(__global const float4 *a, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 v = a[i];
  v.xw = v.wx;
  v.yz += (float2)(10.0f, 20.0f);
  v.s0 *= 2.0f;
  out[i] = v;
  out[i].zx = (float2)(-1.0f, v.y);
  out[i].w++;
}
