package dev.heddle.compiler.frontend.opencl;

/** The macros that OpenCL C 1.2 defines (sections 6.10, 6.12.2 and 6.12.3 of its specification). */
final class PredefinedMacros {
  private PredefinedMacros() {}

  static final String TEXT =
      """
      #define __OPENCL_VERSION__ 120
      #define __OPENCL_C_VERSION__ 120
      #define CL_VERSION_1_0 100
      #define CL_VERSION_1_1 110
      #define CL_VERSION_1_2 120
      #define __ENDIAN_LITTLE__ 1
      #define __HEDDLE__ 1
      #define FP_FAST_FMA 1
      #define FP_FAST_FMAF 1
      #define cl_khr_fp64 1
      #define cl_khr_byte_addressable_store 1
      #define cl_khr_global_int32_base_atomics 1
      #define cl_khr_global_int32_extended_atomics 1
      #define cl_khr_local_int32_base_atomics 1
      #define cl_khr_local_int32_extended_atomics 1
      #define cl_khr_int64_base_atomics 1
      #define cl_khr_int64_extended_atomics 1
      #define CLK_LOCAL_MEM_FENCE 1
      #define CLK_GLOBAL_MEM_FENCE 2
      #define NULL ((void*)0)
      #define CHAR_BIT 8
      #define CHAR_MAX SCHAR_MAX
      #define CHAR_MIN SCHAR_MIN
      #define SCHAR_MAX 127
      #define SCHAR_MIN (-127 - 1)
      #define UCHAR_MAX 255
      #define SHRT_MAX 32767
      #define SHRT_MIN (-32767 - 1)
      #define USHRT_MAX 65535
      #define INT_MAX 2147483647
      #define INT_MIN (-2147483647 - 1)
      #define UINT_MAX 0xffffffffU
      #define LONG_MAX 0x7fffffffffffffffL
      #define LONG_MIN (-0x7fffffffffffffffL - 1)
      #define ULONG_MAX 0xffffffffffffffffUL
      #define SIZE_MAX 0xffffffffffffffffUL
      #define INFINITY (1.0f / 0.0f)
      #define NAN (0.0f / 0.0f)
      #define HUGE_VALF (1.0f / 0.0f)
      #define HUGE_VAL (1.0 / 0.0)
      #define MAXFLOAT 0x1.fffffep127f
      #define FLT_DIG 6
      #define FLT_MANT_DIG 24
      #define FLT_MAX_10_EXP 38
      #define FLT_MAX_EXP 128
      #define FLT_MIN_10_EXP (-37)
      #define FLT_MIN_EXP (-125)
      #define FLT_RADIX 2
      #define FLT_MAX 0x1.fffffep127f
      #define FLT_MIN 0x1.0p-126f
      #define FLT_EPSILON 0x1.0p-23f
      #define FP_ILOGB0 (-2147483647 - 1)
      #define FP_ILOGBNAN 2147483647
      #define DBL_DIG 15
      #define DBL_MANT_DIG 53
      #define DBL_MAX_10_EXP 308
      #define DBL_MAX_EXP 1024
      #define DBL_MIN_10_EXP (-307)
      #define DBL_MIN_EXP (-1021)
      #define DBL_MAX 0x1.fffffffffffffp1023
      #define DBL_MIN 0x1.0p-1022
      #define DBL_EPSILON 0x1.0p-52
      #define M_E_F 2.71828182845904523536028747135266250f
      #define M_LOG2E_F 1.44269504088896340735992468100189214f
      #define M_LOG10E_F 0.434294481903251827651128918916605082f
      #define M_LN2_F 0.693147180559945309417232121458176568f
      #define M_LN10_F 2.30258509299404568401799145468436421f
      #define M_PI_F 3.14159265358979323846264338327950288f
      #define M_PI_2_F 1.57079632679489661923132169163975144f
      #define M_PI_4_F 0.785398163397448309615660845819875721f
      #define M_1_PI_F 0.318309886183790671537767526745028724f
      #define M_2_PI_F 0.636619772367581343075535053490057448f
      #define M_2_SQRTPI_F 1.12837916709551257389615890312154517f
      #define M_SQRT2_F 1.41421356237309504880168872420969808f
      #define M_SQRT1_2_F 0.707106781186547524400844362104849039f
      #define M_E 2.71828182845904523536028747135266250
      #define M_LOG2E 1.44269504088896340735992468100189214
      #define M_LOG10E 0.434294481903251827651128918916605082
      #define M_LN2 0.693147180559945309417232121458176568
      #define M_LN10 2.30258509299404568401799145468436421
      #define M_PI 3.14159265358979323846264338327950288
      #define M_PI_2 1.57079632679489661923132169163975144
      #define M_PI_4 0.785398163397448309615660845819875721
      #define M_1_PI 0.318309886183790671537767526745028724
      #define M_2_PI 0.636619772367581343075535053490057448
      #define M_2_SQRTPI 1.12837916709551257389615890312154517
      #define M_SQRT2 1.41421356237309504880168872420969808
      #define M_SQRT1_2 0.707106781186547524400844362104849039
      """;
}
