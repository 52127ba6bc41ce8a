// Pointers compared and subtracted.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 339c9705

__kernel void pointer_compare(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  __global const int *p = a + i, *end = a + get_global_size(0);
  int steps = 0;
  while (p < end && *p != 0 && steps < 9) { p += 3; steps++; }
  out[i] = steps * 1000 + (int)(p - a) + (p >= end);
}
