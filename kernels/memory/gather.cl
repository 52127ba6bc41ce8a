// gather: out[i] = table[index[i]], reads at places that only the data know.
// Source: the gather pattern of the Spatter benchmark (Lavin et al., MEMSYS 2020).
//
// heddle: -k gather -g n n=1<<22 table=uniform(n,seed=1) index=uniform(n,hi=n,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 732e10c8

__kernel void gather(const int n, __global const float *table, __global const int *index,
                     __global float *out) {
  int i = get_global_id(0);
  if (i < n) {
    out[i] = table[index[i]];
  }
}
