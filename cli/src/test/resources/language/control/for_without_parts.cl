// Loops that lack a part of their head.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 825370ea

__kernel void for_without_parts(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i] & 15, n = 0;
  for (;;) { if (n >= x) break; n += 2; }
  for (; n > 3; ) n -= 3;
  for (int k = 0, m = 9; k < m; k++, m--) n += k * m;
  out[i] = n;
}
