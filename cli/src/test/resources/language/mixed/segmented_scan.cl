// A scan by work-group that starts anew at flags.
// heddle: -g n n=256 -l 64 a=uniform(n,lo=0,hi=10,seed=1) b=uniform(n,lo=0,hi=6,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 9aafb5d8

__kernel void segmented_scan(__global const int *a, __global const int *b, __global int *out) {
  __local int sum[64], flag[64];
  int l = get_local_id(0), i = get_global_id(0);
  sum[l] = a[i];
  flag[l] = b[i] == 0 || l == 0;
  for (int d = 1; d < 64; d <<= 1) {
    barrier(CLK_LOCAL_MEM_FENCE);
    int s = sum[l], f = flag[l];
    if (l >= d && !f) { s += sum[l - d]; f = flag[l - d]; }
    barrier(CLK_LOCAL_MEM_FENCE);
    sum[l] = s;
    flag[l] = f;
  }
  out[i] = sum[l];
}
