// add: c = a + b.
// Source: the STREAM benchmark (McCalpin, 1995), as extended by BabelStream.
//
// heddle: -k add -g n n=1<<22 a=uniform(n,seed=1) b=uniform(n,seed=2) c=zeros(n) -o c
// expect: crc32c(c) == 6d049970

__kernel void add(const int n, __global const float *a, __global const float *b, __global float *c) {
  int i = get_global_id(0);
  if (i < n) {
    c[i] = a[i] + b[i];
  }
}
