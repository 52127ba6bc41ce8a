// An exclusive scan, up and down a tree, of vectors' sums.
// heddle: -g 256 -l 64 in=uniform(256,lo=0,hi=100,seed=1) out=zeros(256) sums=zeros(4) t=local(128) -o out -o sums
// expect: crc32c(out) == 29ee4f18
// expect: crc32c(sums) == 7255593f

__kernel void prefix_scan(__global const uint *in, __global uint *out, __global uint *sums, __local uint *t) {
  int l = get_local_id(0), n = get_local_size(0), offset = 1;
  t[l] = in[get_global_id(0)];
  for (int d = n >> 1; d > 0; d >>= 1, offset <<= 1) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (l < d) t[offset * (2 * l + 2) - 1] += t[offset * (2 * l + 1) - 1];
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l == 0) { sums[get_group_id(0)] = t[n - 1]; t[n - 1] = 0; }
  for (int d = 1; d < n; d <<= 1) {
    offset >>= 1;
    barrier(CLK_LOCAL_MEM_FENCE);
    if (l < d) {
      uint a = t[offset * (2 * l + 1) - 1];
      t[offset * (2 * l + 1) - 1] = t[offset * (2 * l + 2) - 1];
      t[offset * (2 * l + 2) - 1] += a;
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = t[l];
}
