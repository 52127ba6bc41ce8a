// A continue in an inner loop, and one in the outer.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == a904d5b0

__kernel void continue_outer(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int sum = 0;
  for (int y = 0; y < 8; y++) {
    if ((a[i] >> y) & 1) continue;
    for (int x = 0; x < 8; x++) {
      if ((x ^ y) & 1) continue;
      sum += x * y;
    }
  }
  out[i] = sum;
}
