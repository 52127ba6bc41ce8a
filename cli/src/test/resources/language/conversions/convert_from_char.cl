// From char to each type of integer, saturated and not.
// heddle: -g n n=250 a=uniform(n*4,lo=-128,hi=128,seed=1) out=zeros(n*4) -o out
// expect: crc32c(out) == 8293e048

__kernel void convert_from_char(__global const char4 *a, __global long4 *out) {
  size_t i = get_global_id(0);
  char4 x = a[i];
  long4 sum = (long4)(0);
  sum = sum * 31 + convert_long4(convert_uchar4_sat(x));
  sum = sum * 31 + convert_long4(convert_uchar4(x));
  sum = sum * 31 + convert_long4(convert_short4_sat(x));
  sum = sum * 31 + convert_long4(convert_short4(x));
  sum = sum * 31 + convert_long4(convert_ushort4_sat(x));
  sum = sum * 31 + convert_long4(convert_ushort4(x));
  sum = sum * 31 + convert_long4(convert_int4_sat(x));
  sum = sum * 31 + convert_long4(convert_int4(x));
  sum = sum * 31 + convert_long4(convert_uint4_sat(x));
  sum = sum * 31 + convert_long4(convert_uint4(x));
  sum = sum * 31 + convert_long4(convert_long4_sat(x));
  sum = sum * 31 + convert_long4(convert_long4(x));
  sum = sum * 31 + convert_long4(convert_ulong4_sat(x));
  sum = sum * 31 + convert_long4(convert_ulong4(x));
  out[i] = sum;
}
