// Every rounding, of floats and of doubles, small and beyond the largest.
// heddle: -g n n=1000 in=uniform(n,lo=-70000,hi=70000,seed=2) out=zeros(n*8) -o out
// expect: crc32c(out) == aafe08a5

__kernel void half_rounding(__global const float *in, __global half *out) {
  size_t i = get_global_id(0);
  float v = i % 4 == 0 ? in[i] : i % 4 == 1 ? in[i] * 1e-9f : in[i] * 0.01f;
  vstore_half_rte(v, i * 8, out);
  vstore_half_rtz(v, i * 8 + 1, out);
  vstore_half_rtp(v, i * 8 + 2, out);
  vstore_half_rtn(v, i * 8 + 3, out);
  double d = (double)v * 1.0000000001;
  vstore_half_rte(d, i * 8 + 4, out);
  vstore_half_rtz(d, i * 8 + 5, out);
  vstore_half_rtp(d, i * 8 + 6, out);
  vstore_half_rtn(d, i * 8 + 7, out);
}
