// Lengths of runs found by each work-item for itself.
// heddle: -g n n=1000 a=uniform(n,lo=0,hi=3,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 27d7f28c

__kernel void run_lengths(__global const char *a, __global ushort *out) {
  int i = get_global_id(0), n = get_global_size(0);
  int start = i == 0 || a[i] != a[i - 1];
  int end = i + 1;
  if (start) while (end < n && a[end] == a[i]) ++end;
  out[i] = start ? end - i : 0;
}
