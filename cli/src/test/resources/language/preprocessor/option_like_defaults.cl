// Sizes that may come from -D.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == e5a81621

#ifndef WIDTH
#define WIDTH 4
#endif
#ifndef REAL
#define REAL float
#endif
__kernel void option_like_defaults(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  float v[WIDTH];
  for (int k = 0; k < WIDTH; k++) v[k] = a[i] * (REAL)k;
  out[i] = (int)v[WIDTH - 1];
}
