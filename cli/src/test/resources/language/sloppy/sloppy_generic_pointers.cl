// Helpers whose pointers name no address space.
// heddle: -g n n=100 in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 6f51e1af

float first(const float *p) { return p[0]; }
__kernel void sloppy_generic_pointers(__global const float *in, __global float *out) {
  int i = get_global_id(0);
  float mine[2] = { in[i], 1.0f };
  out[i] = first(mine) + mine[1];
}
