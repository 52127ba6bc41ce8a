// To nearest even, to zero, up and down.
// heddle: -g n n=600 in=uniform(n,lo=-100,hi=100,seed=1) out=zeros(4*n) -o out
// expect: crc32c(out) == f6a098c1

__kernel void convert_rounded(__global const float *in, __global int *out) {
  int i = get_global_id(0);
  float v = i < 40 ? i * 0.5f - 10.0f : in[i];
  vstore4((int4)(convert_int_rte(v), convert_int_rtz(v), convert_int_rtp(v), convert_int_rtn(v)), i, out);
}
