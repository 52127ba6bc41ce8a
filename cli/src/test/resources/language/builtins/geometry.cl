// length, distance, dot, cross and normalize of 2, 3 and 4.
// heddle: -g n n=400 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 32b3cda5

__kernel void geometry(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i], y = b[i];
  out[i] = (float4)(dot(x, y), length(x.xy), distance(x.xyz, y.xyz), cross(x, y).z) + normalize(x) * fast_length(y.xy);
}
