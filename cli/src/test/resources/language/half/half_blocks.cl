// Structs with halves, and halves in local memory. PoCL 3.1 has no half; HalfArithmeticTest checks the rounding.
// heddle: -g n n=300 a=uniform(n,lo=-9,hi=9,seed=1) out=zeros(n) -o out
// expect: crc32c(out) == 1df619ba

#pragma OPENCL EXTENSION cl_khr_fp16 : enable
typedef struct { half d; char q[2]; } Block;
__kernel void half_blocks(__global const half *a, __global half *out) {
  size_t i = get_global_id(0);
  __local half t[20];
  Block b = { a[i], { 1, -2 } };
  t[get_local_id(0) % 20] = 0;
  out[i] = b.d * b.q[i & 1] + sizeof(Block);
}
