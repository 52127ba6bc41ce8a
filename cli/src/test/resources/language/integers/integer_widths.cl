// Arithmetic in 8, 16, 32 and 64 bits: promotions, wrapping, unsigned against signed.
// heddle: -g n n=500 in=uniform(n,lo=-100000,hi=100000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 835d3cda

__kernel void integer_widths(__global const int *in, __global long *out) {
  int i = get_global_id(0), v = in[i];
  char c = v; uchar uc = v; short s = v; ushort us = v; uint u = v; long l = v; ulong ul = v;
  c += 100; uc *= 3; s -= us; us = ~us >> 3; u = u / 7 + v % 7; l = l * l * l; ul >>= 3;
  out[i] = c + uc * 2 + s * 3L + us + u + l + (long)(ul % 1000) + (c < uc) + (v < u) + (s == us);
}
