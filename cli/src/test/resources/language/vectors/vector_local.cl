// Vectors in local memory, read by others after a barrier.
// heddle: -g 1024 -l 64 in=uniform(1024,seed=1) out=zeros(1024) -o out
// expect: crc32c(out) == 6e153b2c

__kernel void vector_local(__global const float4 *in, __global float4 *out) {
  __local float4 tile[64];
  int l = get_local_id(0);
  tile[l] = in[get_global_id(0)];
  barrier(CLK_LOCAL_MEM_FENCE);
  out[get_global_id(0)] = tile[63 - l].wzyx + tile[(l + 1) & 63];
}
