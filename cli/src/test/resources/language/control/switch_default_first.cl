// A default in front, cases that share code.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 2d7776c0

__kernel void switch_default_first(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int r;
  switch (a[i] & 7) {
    default: r = 1;
    case 3: case 5: r = 2; break;
    case 0: r = a[i]; break;
    case 7: { int t = a[i] * 2; r = t; }
  }
  out[i] = (a[i] & 7) == 7 || (a[i] & 7) == 3 ? r : r + 100;
}
