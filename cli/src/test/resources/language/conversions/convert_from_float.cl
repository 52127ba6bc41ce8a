// From float to each type of integer, saturated and rounded to even.
// heddle: -g n n=250 a=uniform(n*4,lo=-70000,hi=70000,seed=1) out=zeros(n*4) -o out
// expect: crc32c(out) == bade38dd

__kernel void convert_from_float(__global const float4 *a, __global long4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i];
  long4 sum = (long4)(0);
  sum = sum * 31 + convert_long4(convert_char4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_uchar4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_short4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_ushort4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_int4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_uint4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_long4_sat_rte(x));
  sum = sum * 31 + convert_long4(convert_ulong4_sat_rte(x));
  out[i] = sum;
}
