// A body that runs before its condition.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 28ac925e

__kernel void do_while(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i] & 63, steps = 0;
  do { x = x & 1 ? 3 * x + 1 : x / 2; steps++; } while (x > 1);
  out[i] = steps;
}
