// Doubles in vectors; mixed with float scalars.
// heddle: -g n n=1000 in=uniform(n,lo=-1,hi=1,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 7ab1a0c4

#pragma OPENCL EXTENSION cl_khr_fp64 : enable
__kernel void vector_double2(__global const double2 *in, __global double2 *out) {
  size_t i = get_global_id(0);
  double2 z = in[i];
  double2 sq = (double2)(z.x * z.x - z.y * z.y, 2.0 * z.x * z.y);
  out[i] = sq * 0.5f + convert_double2((float2)(1.5f, 2.5f));
}
