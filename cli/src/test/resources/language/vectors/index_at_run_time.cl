// A component chosen at run time, read and written.
// heddle: -g n n=300 a=uniform(n,lo=-1000,hi=1000,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 96bf5097

__kernel void index_at_run_time(__global const int *a, __global int *out) {
  int i = get_global_id(0);
  int8 v = (int8)(0, 1, 2, 3, 4, 5, 6, 7) * a[i];
  v[a[i] & 7] += 1000;
  int s = 0;
  for (int k = 0; k < 8; k++) s = s * 3 + v[k];
  out[i] = s;
}
