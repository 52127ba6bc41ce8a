// Conditional operators in each other, on the left of an assignment too.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 7c6c4521

__kernel void ternary_chain(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i];
  int r = x < -500 ? 1 : x < 0 ? x & 1 ? 2 : 3 : x < 500 ? 4 : 5;
  int p = 0, q = 0;
  *(x & 1 ? &p : &q) = x;
  out[i] = r * 10000 + p - q;
}
