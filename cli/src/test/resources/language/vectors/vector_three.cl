// A vector of three takes the room of four; vload3 and vstore3 do not.
// heddle: -g n n=500 a=uniform(4*n,seed=1) out=zeros(n) packed=zeros(3*n) -o out -o packed
// expect: crc32c(out) == 4ad20015
// expect: crc32c(packed) == f40189db

__kernel void vector_three(__global const float *a, __global float3 *out, __global float *packed) {
  size_t i = get_global_id(0);
  float3 v = vload3(i, a);
  out[i] = v.zyx + (float3)(1.0f, 2.0f, 3.0f);
  vstore3(v * 0.5f, i, packed);
}
