// Increments inside of indices and conditions.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 8e9509f8

__kernel void side_effects(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int v[8], n = 0;
  while (n < 8) { v[n] = a[i] >> n; n++; }
  int s = 0;
  while (n-- && s < 400) s += v[n] & 255;
  out[i] = s + n;
}
