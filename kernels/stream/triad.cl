// triad: a = b + s * c.
// Source: the STREAM benchmark (McCalpin, 1995), as extended by BabelStream.
//
// heddle: -k triad -g n n=1<<22 s=0.4 b=uniform(n,seed=1) c=uniform(n,seed=2) a=zeros(n) -o a
// expect: crc32c(a) == ee587d0a

__kernel void triad(const int n, const float s, __global const float *b, __global const float *c,
                    __global float *a) {
  int i = get_global_id(0);
  if (i < n) {
    a[i] = b[i] + s * c[i];
  }
}
