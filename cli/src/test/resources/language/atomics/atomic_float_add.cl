// A float sum by compare-and-swap, with a union and goto; whole numbers, so that no order shows.
// heddle: -g 256 -l 64 in=uniform(256,lo=0,hi=64,seed=1) out=zeros(4) -o out
// expect: crc32c(out) == 4d4a8c22

void add_float(volatile __local float *sum, float v) {
  union { uint bits; float value; } expected, next, current;
  current.value = *sum;
#define TRY { expected.value = current.value; next.value = expected.value + v; \
    current.bits = atomic_cmpxchg((volatile __local uint *)sum, expected.bits, next.bits); \
    if (current.bits == expected.bits) goto end; }
  TRY TRY
  do {
    expected.value = current.value;
    next.value = expected.value + v;
    current.bits = atomic_cmpxchg((volatile __local uint *)sum, expected.bits, next.bits);
  } while (current.bits != expected.bits);
end:
  ;
}
__kernel void atomic_float_add(__global const uchar *in, __global float *out) {
  __local float sum;
  if (get_local_id(0) == 0) sum = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  add_float(&sum, (float)in[get_global_id(0)]);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (get_local_id(0) == 0) out[get_group_id(0)] = sum;
}
