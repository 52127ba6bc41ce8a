#pragma OPENCL FP_CONTRACT OFF
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL EXTENSION cl_khr_int64_base_atomics : enable
#pragma OPENCL EXTENSION cl_khr_int64_extended_atomics : enable
#ifdef __clang__
#define MEMORY(type) typedef type memory_##type __attribute__((may_alias))
#else
#define MEMORY(type) typedef type memory_##type
#endif
MEMORY(ushort);
MEMORY(uint);
MEMORY(ulong);
MEMORY(float);
MEMORY(double);
void write_fault(volatile __global uint *at, uint site, ulong offset, ulong size,
                 ulong x, ulong y, ulong z) {
  volatile __global ulong *record = (volatile __global ulong *)at;
  record[0] = site;
  record[1] = offset;
  record[2] = size;
  record[3] = x;
  record[4] = y;
  record[5] = z;
}

void record_fault(volatile __global uint *status, uint site, ulong offset, ulong size,
                  ulong x, ulong y, ulong z) {
  const ulong row = (get_global_id(2) - get_global_offset(2)) * get_global_size(1)
      + get_global_id(1) - get_global_offset(1);
  const ulong item = row * get_global_size(0) + get_global_id(0) - get_global_offset(0);
  const uint early = item < 0xffffffffu ? ~(uint)item : 0u;
  if (atomic_max(status + 2, early) < early) {
    const uint slot = atomic_inc(status + 3) % 8u;
    write_fault(status + 400 + slot * 12u, site, offset, size, x, y, z);
  }
  if (status[1] >= 32u) return;
  const uint slot = atomic_inc(status + 1);
  if (slot >= 32u) return;
  write_fault(status + 16 + slot * 12u, site, offset, size, x, y, z);
}

float canonical_f32(float a) {
  return a != a ? as_float(0x7fc00000u) : a;
}
__kernel void heddle_kernel(
    const float argument0,
    __global uchar *buffer1,
    __global uchar *buffer2,
    const ulong size2,
    const ulong window1,
    const ulong window2,
    const ulong extent2,
    const ulong first0,
    const ulong first1,
    const ulong first2,
    const ulong end0,
    const ulong end1,
    const ulong end2,
    volatile __global uint *status) {
  const ulong id0 = first0 + get_global_id(0);
  const ulong id1 = first1 + get_global_id(1);
  const ulong id2 = first2 + get_global_id(2);
  if (id0 >= end0) return;
  if (id1 >= end1) return;
  if (id2 >= end2) return;
  const float v0 = argument0;
  const ulong limit_buffer2_4 = extent2 < 4ul ? 0ul : extent2 - 3ul;
  const ulong v3 = id0;
  const ulong v5 = v3 * 4ul;
  float v6 = 0x0.0p0f;
  v6 = *(const __global memory_float *)(buffer1 + (v5 - window1));
  float v7 = 0x0.0p0f;
  if (v5 - window2 < limit_buffer2_4 && (v5 & 3ul) == 0) {
    v7 = *(const __global memory_float *)(buffer2 + (v5 - window2));
  } else {
    record_fault(status, 0u, v5, size2, id0, id1, id2);
  }
  const float v8 = fma(v0, v6, v7);
  *(__global memory_float *)(buffer2 + (v5 - window2)) = canonical_f32(v8);
  return;
}
