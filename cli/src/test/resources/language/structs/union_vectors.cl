// A union of a vector and an array, indexed at run time.
// heddle: -g n n=200 in=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == cb04fb83

typedef union { float4 v; float a[4]; } V4;
__kernel void union_vectors(__global const float4 *in, __global float4 *out) {
  size_t i = get_global_id(0);
  V4 x;
  x.v = in[i];
  for (int k = 0; k < 4; k++) x.a[k] = x.a[(k + 1) & 3] * 2.0f;
  x.a[i & 3] += 1.0f;
  out[i] = x.v;
}
