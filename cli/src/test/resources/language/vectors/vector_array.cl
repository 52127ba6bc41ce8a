// A private array of vectors with an index known only at run time.
// heddle: -g n n=500 in=uniform(n,lo=-1,hi=1,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == e9fc8d6e

__kernel void vector_array(__global const float4 *in, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 ring[5];
  for (int k = 0; k < 5; k++) ring[k] = in[(i + k) % 500] * (float)k;
  out[i] = ring[i % 5] + ring[(i * 3) % 5].wzyx;
}
