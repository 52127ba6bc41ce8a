// Names that hide names.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == bb336f62

__kernel void block_scopes(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int x = a[i];
  { int x = 5; { int x = 7; out[i] = x; } out[i] += x; }
  for (int x = 0; x < 3; x++) out[i] += x;
  out[i] += x;
}
