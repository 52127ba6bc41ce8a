// Bits seen as another type of the same size.
// heddle: -g n n=300 in=uniform(n,lo=-100,hi=100,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 82946c1b

__kernel void as_type_bits(__global const float4 *in, __global uint4 *out) {
  size_t i = get_global_id(0);
  float4 v = in[i];
  uint4 u = as_uint4(v);
  u.x ^= as_uint(as_char4(as_int(v.y)).wzyx);
  u.y += as_uint(as_short2(v.z));
  long l = as_long(v.xy);
  u.z = as_uint2(l).y + (uint)as_ulong(as_double(v.zw));
  u.w = as_uint4(as_short8(v)).w + as_uint(as_float(0x3f800000));
  out[i] = u;
}
