// Doubles by accident: literals without f.
// heddle: -g n n=100 in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 6a5eb013

__kernel void sloppy_float_constants(__global const float *in, __global float *out) {
  int i = get_global_id(0);
  float v = in[i] * 0.1 + 1.5;
  v += 3.14159265358979323846 / 4.;
  out[i] = v > .5 ? v : 1e-3;
}
