// Seven points in three dimensions.
// heddle: -g 16,12,10 in=uniform(18*14*12,seed=1) out=zeros(16*12*10) -o out
// expect: crc32c(out) == e595483f

#define AT(x, y, z) in[((z) * 14 + (y)) * 18 + (x)]
__kernel void stencil_3d(__global const float *in, __global float *out) {
  int x = get_global_id(0) + 1, y = get_global_id(1) + 1, z = get_global_id(2) + 1;
  float sum = AT(x - 1, y, z) + AT(x + 1, y, z) + AT(x, y - 1, z) + AT(x, y + 1, z) + AT(x, y, z - 1) + AT(x, y, z + 1);
  out[((z - 1) * 12 + y - 1) * 16 + x - 1] = AT(x, y, z) + 0.1f * (sum - 6.0f * AT(x, y, z));
}
