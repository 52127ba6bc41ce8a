// Vectors of all kinds into each other.
// heddle: -g n n=300 in=uniform(n,lo=-400,hi=400,seed=1) out=zeros(n) wide=zeros(n) -o out -o wide
// expect: crc32c(out) == a3c5cf4c
// expect: crc32c(wide) == 5e5d77d4

__kernel void convert_vectors(__global const float4 *in, __global uchar4 *out, __global double4 *wide) {
  size_t i = get_global_id(0);
  float4 v = in[i];
  out[i] = convert_uchar4_sat_rte(v) ^ convert_uchar4(convert_int4_rtn(v));
  short4 s = convert_short4_sat(v * 1000.0f);
  wide[i] = convert_double4(s) + convert_double4(convert_ulong4(convert_uint4_sat(v)));
}
