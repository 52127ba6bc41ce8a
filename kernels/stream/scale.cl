// scale: b = s * c.
// Source: the STREAM benchmark (McCalpin, 1995), as extended by BabelStream.
//
// heddle: -k scale -g n n=1<<22 s=0.4 c=uniform(n,seed=1) b=zeros(n) -o b
// expect: crc32c(b) == f3c616b2

__kernel void scale(const int n, const float s, __global const float *c, __global float *b) {
  int i = get_global_id(0);
  if (i < n) {
    b[i] = s * c[i];
  }
}
