// From ulong to float and double, to nearest and directed.
// heddle: -g n n=250 a=uniform(n*2,lo=0,hi=5000000000,seed=1) out=zeros(n*8) -o out
// expect: crc32c(out) == 6d94effd

__kernel void float_from_ulong(__global const ulong2 *a, __global double2 *out) {
  size_t i = get_global_id(0);
  ulong2 x = a[i] * (ulong)(1234577);
  out[4 * i] = convert_double2(convert_float2(x));
  out[4 * i + 1] = convert_double2(convert_float2_rtz(x));
  out[4 * i + 2] = convert_double2(convert_float2_rtp(x)) - convert_double2(convert_float2_rtn(x));
  out[4 * i + 3] = convert_double2(x) + (double2)((float)x.x, (double)x.y);
}
