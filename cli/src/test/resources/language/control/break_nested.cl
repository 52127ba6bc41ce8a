// Breaks out of two loops by a flag and out of one by itself.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2dc53e50

__kernel void break_nested(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int found = -1;
  for (int y = 0; y < 10 && found < 0; y++)
    for (int x = 0; x < 10; x++)
      if (x * y == (a[i] & 31)) { found = 10 * y + x; break; }
  out[i] = found;
}
