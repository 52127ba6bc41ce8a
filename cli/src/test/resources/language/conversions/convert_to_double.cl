// 64-bit integers to double in all roundings.
// heddle: -g n n=600 in=uniform(n,lo=-9e18,hi=9e18,seed=1) out=zeros(4*n) -o out
// expect: crc32c(out) == bd040433

__kernel void convert_to_double(__global const long *in, __global double *out) {
  int i = get_global_id(0);
  long v = i == 0 ? LONG_MAX : i == 1 ? LONG_MIN : i == 2 ? LONG_MAX - 511 : in[i];
  out[4 * i] = convert_double_rtz(v);
  out[4 * i + 1] = convert_double_rtp(v);
  out[4 * i + 2] = convert_double_rtn(i == 3 ? ULONG_MAX : (ulong)v);
  out[4 * i + 3] = convert_double_rtp(i == 3 ? ULONG_MAX : (ulong)v);
}
