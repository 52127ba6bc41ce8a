// A pointer into a private array handed through two helpers.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2b992115

void set(int *p, int v) { *p = v; }
void fill(int *p, int n, int v) { for (int k = 0; k < n; k++) set(p + k, v + k); }
int total(const int *p, int n) { int s = 0; while (n--) s += *p++; return s; }
__kernel void pointer_to_pointer_argument(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int t[5] = { 1, 2, 3, 4, 5 };
  fill(t + 1, 3, a[i]);
  out[i] = total(t, 5);
}
