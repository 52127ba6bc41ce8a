// A pointer into one of two buffers, chosen at run time.
// heddle: -g n n=256 -l 16 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cd763808

__kernel void conditional_pointer(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  __local int l[16];
  l[get_local_id(0)] = -a[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  int p[16];
  for (int k = 0; k < 16; k++) p[k] = k * 100;
  int *q = a[i] & 1 ? p : p + 5;
  out[i] = q[a[i] & 7] + l[(a[i] >> 3) & 15];
}
