// Vectors of halves, of three packed and of three in the room of four.
// heddle: -g n n=200 bits=uniform(4*n,lo=0,hi=30000,seed=1) out=zeros(4*n) -o out
// expect: crc32c(out) == 7c602022

__kernel void half_vectors(__global const half *bits, __global half *out) {
  size_t i = get_global_id(0);
  float4 v = vload_half4(i, bits);
  float3 t = vload_half3(i, bits) + vloada_half3(i, bits);
  vstore_half4(v * 0.5f + t.xyzx, i, out);
  vstorea_half4_rtz(vloada_half4(i, out) + 1.0f, i, out);
}
