// Vectors by value as kernel arguments.
// heddle: -g n n=1000 scale=(1,2,3,4) shift=(10,20) in=uniform(n,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == bae84d8c

__kernel void vector_argument(float4 scale, uint2 shift, __global const float4 *in, __global float4 *out) {
  size_t i = get_global_id(0);
  out[i] = in[i] * scale + (float)(shift.x + shift.y);
}
