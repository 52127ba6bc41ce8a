// A continue inside a switch belongs to the loop.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 92c84887

__kernel void switch_continue(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int s = 0;
  for (int k = 0; k < 12; k++) {
    switch ((a[i] + k) % 3) { case 0: continue; case 1: s += k; break; default: s ^= k; }
    s += 100;
  }
  out[i] = s;
}
