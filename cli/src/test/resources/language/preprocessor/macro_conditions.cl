// What the compiler says of itself.
// heddle: -g n n=100 out=zeros(n) -o out
// expect: crc32c(out) == 7b2ea9a0

#if defined(__OPENCL_VERSION__) && __OPENCL_VERSION__ >= 120 && defined(cl_khr_fp64)
#pragma OPENCL EXTENSION cl_khr_fp64 : enable
#pragma OPENCL EXTENSION cl_khr_global_int32_base_atomics : enable
#define LEVEL 2
#elif defined(CL_VERSION_1_0)
#define LEVEL 1
#else
#error unknown
#endif
#ifdef __ENDIAN_LITTLE__
#define ORDER 10
#endif
#ifndef FP_FAST_FMAF
#define FAST 0
#else
#define FAST 100
#endif
__kernel void macro_conditions(__global int *out) {
  out[get_global_id(0)] = LEVEL + ORDER + FAST * 0 + (__LINE__ > 20) * 1000 + (CL_VERSION_1_2 == 120);
}
