// Floats to every integer type, saturated, in all roundings.
// heddle: -g n n=600 in=uniform(n,lo=-300,hi=300,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == fb30c000

__kernel void convert_saturated(__global const float *in, __global long *out) {
  int i = get_global_id(0);
  float v = i == 0 ? NAN : i == 1 ? INFINITY : i == 2 ? -INFINITY : in[i] * (i % 5 == 0 ? 1e17f : i % 5 == 1 ? 1e7f : 1.0f);
  long r = convert_char_sat(v) + convert_uchar_sat_rte(v) * 3 + convert_short_sat_rtp(v) * 5;
  r = r * 7 + convert_ushort_sat_rtn(v) + convert_int_sat_rtz(v) + convert_uint_sat(v);
  r = r * 7 + convert_long_sat(v) + (long)convert_ulong_sat_rte(v);
  out[i] = r;
}
