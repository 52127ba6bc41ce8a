// Integers to integers, cut and saturated.
// heddle: -g n n=600 in=uniform(n,lo=-9e18,hi=9e18,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == ea276ca2

__kernel void convert_integers(__global const long *in, __global long *out) {
  int i = get_global_id(0);
  long v = in[i] >> (i % 64);
  long r = convert_char(v) + convert_uchar_sat(v) * 3 + convert_short_sat(v) * 5 + convert_ushort(v);
  r = r * 7 + convert_int_sat(v) + convert_uint_sat(v) + (long)convert_ulong_sat(v);
  r = r * 7 + convert_char_sat((ulong)v) + convert_long_sat((ulong)v) + convert_uchar_sat((int)v);
  out[i] = r;
}
