// Sorting networks in local memory: barriers in two nested loops.
// heddle: -g 128 -l 64 in=uniform(256,lo=-1000,hi=1000,seed=1) out=zeros(256) -o out
// expect: crc32c(out) == c132f5e3

__kernel void bitonic_sort(__global const int *in, __global int *out) {
  __local int a[128];
  int l = get_local_id(0), base = get_group_id(0) * 128;
  a[l] = in[base + l];
  a[l + 64] = in[base + l + 64];
  for (int size = 2; size <= 128; size <<= 1)
    for (int stride = size >> 1; stride > 0; stride >>= 1) {
      barrier(CLK_LOCAL_MEM_FENCE);
      int pos = 2 * l - (l & (stride - 1));
      bool up = (pos & size) == 0;
      int x = a[pos], y = a[pos + stride];
      if ((x > y) == up) { a[pos] = y; a[pos + stride] = x; }
    }
  barrier(CLK_LOCAL_MEM_FENCE);
  out[base + l] = a[l];
  out[base + l + 64] = a[l + 64];
}
