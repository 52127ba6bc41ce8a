// Two private arrays that trade places in a loop.
// heddle: -g 64 in=uniform(64,seed=1) out=zeros(64) -o out
// expect: crc32c(out) == 49380133

__kernel void pointer_swap(__global const float *in, __global float *out) {
  int i = get_global_id(0);
  float a[8], b[8];
  float *from = a, *to = b;
  for (int k = 0; k < 8; k++) a[k] = in[(i + k) % 64];
  for (int step = 0; step < i % 4 + 1; step++) {
    for (int k = 0; k < 8; k++) to[k] = from[(k + 1) & 7] * 0.5f + from[k];
    float *t = from; from = to; to = t;
  }
  out[i] = from[i & 7];
}
