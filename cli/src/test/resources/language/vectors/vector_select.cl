// A vector condition chooses by component, a scalar one the whole vector.
// heddle: -g n n=1000 a=uniform(n,lo=-3,hi=3,seed=1) b=uniform(n,lo=-3,hi=3,seed=2) out=zeros(n) -o out
// expect: crc32c(out) == 24441cee

__kernel void vector_select(__global const float4 *a, __global const float4 *b, __global float4 *out) {
  size_t i = get_global_id(0);
  float4 x = a[i] < b[i] ? a[i] : b[i];
  float4 y = i % 2 ? x : -x;
  out[i] = select(x, y, a[i] > 0.5f) + (x > 0.0f ? 1.0f : -1.0f);
}
