// Integers and doubles to float in all roundings.
// heddle: -g n n=600 in=uniform(n,lo=-9e18,hi=9e18,seed=1) out=zeros(8*n) -o out
// expect: crc32c(out) == 0c5b2946

__kernel void convert_to_float(__global const long *in, __global float *out) {
  int i = get_global_id(0);
  long v = in[i] >> (i % 40);
  double d = (double)v * 1.0000001;
  out[8 * i] = convert_float(v);
  out[8 * i + 1] = convert_float_rtz(v);
  out[8 * i + 2] = convert_float_rtp(v);
  out[8 * i + 3] = convert_float_rtn((int)v);
  out[8 * i + 4] = convert_float_rtz((ulong)v);
  out[8 * i + 5] = convert_float_rtp(d);
  out[8 * i + 6] = convert_float_rtn(d);
  out[8 * i + 7] = convert_float_rtz((uint)v);
}
