// copy: c = a, the cost of moving data and nothing else.
// Source: the STREAM benchmark (McCalpin, 1995), as extended by BabelStream.
//
// heddle: -k copy -g n n=1<<22 a=uniform(n,seed=1) c=zeros(n) -o c
// expect: crc32c(c) == 8e448906

__kernel void copy(const int n, __global const float *a, __global float *c) {
  int i = get_global_id(0);
  if (i < n) {
    c[i] = a[i];
  }
}
