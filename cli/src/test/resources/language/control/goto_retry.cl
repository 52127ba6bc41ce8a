// A goto back to a label before, as a retry.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 816da4a7

__kernel void goto_retry(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i], tries = 0;
retry:
  x = x * 5 + 3;
  if ((x & 7) && ++tries < 10) goto retry;
  out[i] = x + tries;
}
