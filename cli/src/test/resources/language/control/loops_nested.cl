// while, do and for within each other with break and continue of each.
// heddle: -g n n=128 in=uniform(n,lo=0,hi=20,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 01f9e9da

__kernel void loops_nested(__global const int *in, __global int *out) {
  int i = get_global_id(0);
  int n = in[i], r = 0;
  while (n > 0) {
    n--;
    int m = n;
    do {
      if (m == 5) break;
      if (m & 1) continue;
      for (int q = 0; ; q++) { if (q > m) break; if (q % 3) continue; r += q; }
    } while (m-- > 2);
    if (r > 500) break;
  }
  out[i] = r;
}
