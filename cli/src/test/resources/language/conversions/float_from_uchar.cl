// From uchar to float and double, to nearest and directed.
// heddle: -g n n=250 a=uniform(n*2,lo=0,hi=256,seed=1) out=zeros(n*8) -o out
// expect: crc32c(out) == c85f4c69

__kernel void float_from_uchar(__global const uchar2 *a, __global double2 *out) {
  size_t i = get_global_id(0);
  uchar2 x = a[i] * (uchar)(3);
  out[4 * i] = convert_double2(convert_float2(x));
  out[4 * i + 1] = convert_double2(convert_float2_rtz(x));
  out[4 * i + 2] = convert_double2(convert_float2_rtp(x)) - convert_double2(convert_float2_rtn(x));
  out[4 * i + 3] = convert_double2(x) + (double2)((float)x.x, (double)x.y);
}
