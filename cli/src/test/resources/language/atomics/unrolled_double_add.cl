// Addition of doubles by compare-and-swap, tried many times in a row before its loop, in many
// places: so much code that no class file holds the vector tier's as one method.
// heddle: -g 128 -l 32 out=zeros(64) x=uniform(640,lo=0,hi=64,seed=3) -o out
// expect: crc32c(out) == 1a5254ea

#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable

#define TRY                                                                     \
  {                                                                             \
    expected.value = current.value;                                             \
    next.value = expected.value + summand;                                      \
    current.bits = atom_cmpxchg((volatile __local ulong *)sum, expected.bits, next.bits); \
    if (current.bits == expected.bits) goto done;                               \
  }
#define TRY4 TRY TRY TRY TRY
#define TRY16 TRY4 TRY4 TRY4 TRY4

inline void add(__local double *sum, const double summand) {
  union { ulong bits; double value; } next, expected, current;
  current.value = *sum;
  TRY16
  do {
    expected.value = current.value;
    next.value = expected.value + summand;
    current.bits = atom_cmpxchg((volatile __local ulong *)sum, expected.bits, next.bits);
  } while (current.bits != expected.bits);
done:;
}

__attribute__((reqd_work_group_size(32, 1, 1)))
__kernel void unrolled_double_add(__global double *out, __global const int *x) {
  __local double sums[16];
  ushort l = get_local_id(0);
  uchar odd = (l >> 2) & 1;
  if (l < 16) sums[l] = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  __global const int *mine = x + 5 * get_global_id(0);
  for (int i = 0; i < 5; i += 1) {
    int v = mine[i];
    if (v & 1) add(sums + (v & 15), v);
    else if (v & 2) add(sums + (v >> 2), v + odd);
    if (v & 4) add(sums + l % 16, 1);
    else if (v & 8) add(sums + l / 2, 2);
    if (v & 16) add(sums + (v >> 3), 0.5);
    else if (v & 32) add(sums + i, 0.25);
    if (v > 20) add(sums + 3 * i, v * 2);
    else add(sums + 2 * i, v * 4);
  }
  add(sums + 1, l);
  add(sums + l % 7, -1);
  add(sums + l % 11, 3);
  add(sums + l % 13, odd);
  barrier(CLK_LOCAL_MEM_FENCE);
  if (l < 16) out[16 * get_group_id(0) + l] = sums[l];
}
