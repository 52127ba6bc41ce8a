// Helpers that call helpers declared later.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == eb88885e

int second(int x, int n);
int first(int x, int n) { return n > 0 ? second(x + n, n - 1) * 2 : x; }
int second(int x, int n) { return (x >> 1) ^ n; }
__kernel void helper_chain(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  out[i] = first(a[i], 3);
}
