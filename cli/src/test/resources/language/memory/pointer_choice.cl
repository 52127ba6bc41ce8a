// A pointer into one of several objects, chosen at run time.
// heddle: -g n n=256 a=uniform(n,seed=1) b=uniform(n,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 707c3cf6

__constant float table[4] = { 1.0f, 2.0f, 4.0f, 8.0f };
__kernel void pointer_choice(__global const float *a, __global const float *b, __global float *out) {
  int i = get_global_id(0);
  __global const float *p = i % 3 == 0 ? a : b;
  if (i % 5 == 0) p = a + 7;
  float mine[4] = { 9.0f, 8.0f, 7.0f, 6.0f };
  float other[4] = { 1.0f, 2.0f, 3.0f, 4.0f };
  float *q = i & 1 ? mine : other;
  q[i & 3] += p[i % 200];
  out[i] = mine[i & 3] + other[(i + 1) & 3] + table[i & 3] + (p == b ? 1.0f : 0.0f);
}
