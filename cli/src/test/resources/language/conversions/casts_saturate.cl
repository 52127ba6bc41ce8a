// Casts between numbers where the value fits.
// heddle: -g n n=300 in=uniform(n,lo=-3e9,hi=3e9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == b602a4f9

__kernel void casts_saturate(__global const float *in, __global long *out) {
  int i = get_global_id(0);
  float v = in[i];
  out[i] = (long)v + (long)(double)v + (int)(v * 0.1f) + (uchar)(fabs(v) * 1e-8f) + (short)(v * 1e-6f);
}
