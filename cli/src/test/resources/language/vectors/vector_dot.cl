// Geometry: dot, cross, length, distance and normalize.
// heddle: -g n n=300 a=uniform(n,lo=-1,hi=1,seed=1) b=uniform(n,lo=-1,hi=1,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == dabf5b54

__kernel void vector_dot(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float3 x = a[i].xyz;
  float3 y = b[i].xyz;
  float3 c = cross(x, y);
  out[i] = (float4)(dot(x, y), length(c), distance(x, y), normalize(y).x);
}
