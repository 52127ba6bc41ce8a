// A helper with returns inside of loops and branches.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == b05be669

int find(__global const int *a, int from, int n) {
  for (int k = from; k < n; k++) {
    if (a[k] > 900) return k;
    if (a[k] < -900) { if (k & 1) return -k; else continue; }
    while (k - from > 20) return 20;
  }
  return n;
}
__kernel void helper_returns(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  out[i] = find(a, i, get_global_size(0));
}
