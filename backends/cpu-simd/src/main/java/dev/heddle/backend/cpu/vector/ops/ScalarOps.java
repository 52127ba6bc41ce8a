package dev.heddle.backend.cpu.vector.ops;

import dev.heddle.compiler.ir.ScalarMath;

/**
 * What is the same for all lanes is computed once, in scalars. The names end in the kind of the
 * operands: i for integers of up to 32 bits, kept sign-extended; l, f and d.
 */
final class ScalarOps {
  private ScalarOps() {}

  static int add_i(int a, int b) {
    return a + b;
  }

  static int sub_i(int a, int b) {
    return a - b;
  }

  static int mul_i(int a, int b) {
    return a * b;
  }

  static int smulhi_i(int a, int b) {
    return ScalarMath.smulhi(a, b);
  }

  static int umulhi_i(int a, int b) {
    return ScalarMath.umulhi(a, b);
  }

  static int sdiv_i(int a, int b) {
    return ScalarMath.sdiv(a, b);
  }

  static int srem_i(int a, int b) {
    return ScalarMath.srem(a, b);
  }

  static int udiv_i(int a, int b) {
    return ScalarMath.udiv(a, b);
  }

  static int urem_i(int a, int b) {
    return ScalarMath.urem(a, b);
  }

  static int umin_i(int a, int b) {
    return ScalarMath.umin(a, b);
  }

  static int umax_i(int a, int b) {
    return ScalarMath.umax(a, b);
  }

  static int and_i(int a, int b) {
    return a & b;
  }

  static int or_i(int a, int b) {
    return a | b;
  }

  static int xor_i(int a, int b) {
    return a ^ b;
  }

  static int shl_i(int a, int b) {
    return a << b;
  }

  static int ashr_i(int a, int b) {
    return a >> b;
  }

  static int lshr_i(int a, int b) {
    return a >>> b;
  }

  static int rotl_i(int a, int b) {
    return Integer.rotateLeft(a, b);
  }

  static int smin_i(int a, int b) {
    return Math.min(a, b);
  }

  static int smax_i(int a, int b) {
    return Math.max(a, b);
  }

  static int neg_i(int a) {
    return -a;
  }

  static int not_i(int a) {
    return ~a;
  }

  static int clz_i(int a) {
    return Integer.numberOfLeadingZeros(a);
  }

  static int ctz_i(int a) {
    return Integer.numberOfTrailingZeros(a);
  }

  static int popcount_i(int a) {
    return Integer.bitCount(a);
  }

  static boolean eq_i(int a, int b) {
    return a == b;
  }

  static boolean ne_i(int a, int b) {
    return a != b;
  }

  static boolean slt_i(int a, int b) {
    return a < b;
  }

  static boolean sle_i(int a, int b) {
    return a <= b;
  }

  static boolean sgt_i(int a, int b) {
    return a > b;
  }

  static boolean sge_i(int a, int b) {
    return a >= b;
  }

  static boolean ult_i(int a, int b) {
    return Integer.compareUnsigned(a, b) < 0;
  }

  static boolean ule_i(int a, int b) {
    return Integer.compareUnsigned(a, b) <= 0;
  }

  static boolean ugt_i(int a, int b) {
    return Integer.compareUnsigned(a, b) > 0;
  }

  static boolean uge_i(int a, int b) {
    return Integer.compareUnsigned(a, b) >= 0;
  }

  static long add_l(long a, long b) {
    return a + b;
  }

  static long sub_l(long a, long b) {
    return a - b;
  }

  static long mul_l(long a, long b) {
    return a * b;
  }

  static long smulhi_l(long a, long b) {
    return ScalarMath.smulhi(a, b);
  }

  static long umulhi_l(long a, long b) {
    return ScalarMath.umulhi(a, b);
  }

  static long sdiv_l(long a, long b) {
    return ScalarMath.sdiv(a, b);
  }

  static long srem_l(long a, long b) {
    return ScalarMath.srem(a, b);
  }

  static long udiv_l(long a, long b) {
    return ScalarMath.udiv(a, b);
  }

  static long urem_l(long a, long b) {
    return ScalarMath.urem(a, b);
  }

  static long umin_l(long a, long b) {
    return ScalarMath.umin(a, b);
  }

  static long umax_l(long a, long b) {
    return ScalarMath.umax(a, b);
  }

  static long and_l(long a, long b) {
    return a & b;
  }

  static long or_l(long a, long b) {
    return a | b;
  }

  static long xor_l(long a, long b) {
    return a ^ b;
  }

  static long shl_l(long a, long b) {
    return a << (int) b;
  }

  static long ashr_l(long a, long b) {
    return a >> (int) b;
  }

  static long lshr_l(long a, long b) {
    return a >>> (int) b;
  }

  static long rotl_l(long a, long b) {
    return Long.rotateLeft(a, (int) b);
  }

  static long smin_l(long a, long b) {
    return Math.min(a, b);
  }

  static long smax_l(long a, long b) {
    return Math.max(a, b);
  }

  static long neg_l(long a) {
    return -a;
  }

  static long not_l(long a) {
    return ~a;
  }

  static long clz_l(long a) {
    return Long.numberOfLeadingZeros(a);
  }

  static long ctz_l(long a) {
    return Long.numberOfTrailingZeros(a);
  }

  static long popcount_l(long a) {
    return Long.bitCount(a);
  }

  static boolean eq_l(long a, long b) {
    return a == b;
  }

  static boolean ne_l(long a, long b) {
    return a != b;
  }

  static boolean slt_l(long a, long b) {
    return a < b;
  }

  static boolean sle_l(long a, long b) {
    return a <= b;
  }

  static boolean sgt_l(long a, long b) {
    return a > b;
  }

  static boolean sge_l(long a, long b) {
    return a >= b;
  }

  static boolean ult_l(long a, long b) {
    return Long.compareUnsigned(a, b) < 0;
  }

  static boolean ule_l(long a, long b) {
    return Long.compareUnsigned(a, b) <= 0;
  }

  static boolean ugt_l(long a, long b) {
    return Long.compareUnsigned(a, b) > 0;
  }

  static boolean uge_l(long a, long b) {
    return Long.compareUnsigned(a, b) >= 0;
  }

  static float fadd_f(float a, float b) {
    return a + b;
  }

  static float fsub_f(float a, float b) {
    return a - b;
  }

  static float fmul_f(float a, float b) {
    return a * b;
  }

  static float fdiv_f(float a, float b) {
    return a / b;
  }

  static float fmin_f(float a, float b) {
    return ScalarMath.fmin(a, b);
  }

  static float fmax_f(float a, float b) {
    return ScalarMath.fmax(a, b);
  }

  static float fma_f(float a, float b, float c) {
    return Math.fma(a, b, c);
  }

  static float fneg_f(float a) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(a) ^ Integer.MIN_VALUE);
  }

  static float fabs_f(float a) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(a) & Integer.MAX_VALUE);
  }

  static float sqrt_f(float a) {
    return (float) Math.sqrt(a);
  }

  static float floor_f(float a) {
    return (float) Math.floor(a);
  }

  static float ceil_f(float a) {
    return (float) Math.ceil(a);
  }

  static float ftrunc_f(float a) {
    return ScalarMath.truncate(a);
  }

  static float rint_f(float a) {
    return (float) Math.rint(a);
  }

  static float canonical_f(float a) {
    return ScalarMath.canonical(a);
  }

  static boolean feq_f(float a, float b) {
    return a == b;
  }

  static boolean fne_f(float a, float b) {
    return a != b;
  }

  static boolean flt_f(float a, float b) {
    return a < b;
  }

  static boolean fle_f(float a, float b) {
    return a <= b;
  }

  static boolean fgt_f(float a, float b) {
    return a > b;
  }

  static boolean fge_f(float a, float b) {
    return a >= b;
  }

  static double fadd_d(double a, double b) {
    return a + b;
  }

  static double fsub_d(double a, double b) {
    return a - b;
  }

  static double fmul_d(double a, double b) {
    return a * b;
  }

  static double fdiv_d(double a, double b) {
    return a / b;
  }

  static double fmin_d(double a, double b) {
    return ScalarMath.fmin(a, b);
  }

  static double fmax_d(double a, double b) {
    return ScalarMath.fmax(a, b);
  }

  static double fma_d(double a, double b, double c) {
    return Math.fma(a, b, c);
  }

  static double fneg_d(double a) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(a) ^ Long.MIN_VALUE);
  }

  static double fabs_d(double a) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE);
  }

  static double sqrt_d(double a) {
    return Math.sqrt(a);
  }

  static double floor_d(double a) {
    return Math.floor(a);
  }

  static double ceil_d(double a) {
    return Math.ceil(a);
  }

  static double ftrunc_d(double a) {
    return ScalarMath.truncate(a);
  }

  static double rint_d(double a) {
    return Math.rint(a);
  }

  static double canonical_d(double a) {
    return ScalarMath.canonical(a);
  }

  static boolean feq_d(double a, double b) {
    return a == b;
  }

  static boolean fne_d(double a, double b) {
    return a != b;
  }

  static boolean flt_d(double a, double b) {
    return a < b;
  }

  static boolean fle_d(double a, double b) {
    return a <= b;
  }

  static boolean fgt_d(double a, double b) {
    return a > b;
  }

  static boolean fge_d(double a, double b) {
    return a >= b;
  }

  /** Whether the sum overflows. */
  static boolean wraps_i(int a, int step) {
    int sum = a + step;
    return ((a ^ sum) & (step ^ sum)) < 0;
  }

  /** Whether the sum overflows. */
  static boolean wraps_l(long a, long step) {
    long sum = a + step;
    return ((a ^ sum) & (step ^ sum)) < 0;
  }

  /** Whether an unsigned number plus a signed one overflows. */
  static boolean wrapsUnsigned_i(int a, int step) {
    return wraps_i(a ^ Integer.MIN_VALUE, step);
  }

  /** Whether an unsigned number plus a signed one overflows. */
  static boolean wrapsUnsigned_l(long a, long step) {
    return wraps_l(a ^ Long.MIN_VALUE, step);
  }

  static int from_f(float a) {
    return Float.floatToRawIntBits(a);
  }

  static long from_d(double a) {
    return Double.doubleToRawLongBits(a);
  }

  static float from_i(int a) {
    return Float.intBitsToFloat(a);
  }

  static double from_l(long a) {
    return Double.longBitsToDouble(a);
  }

  static int sext8(int a) {
    return (byte) a;
  }

  static int sext16(int a) {
    return (short) a;
  }

  static int zext8(int a) {
    return a & 0xFF;
  }

  static int zext16(int a) {
    return a & 0xFFFF;
  }

  static long zext32(int a) {
    return Integer.toUnsignedLong(a);
  }

  static int u2s8(double a) {
    return (byte) ScalarMath.toUnsigned(a, 8);
  }

  static int u2s16(double a) {
    return (short) ScalarMath.toUnsigned(a, 16);
  }

  static int f2s8(double a) {
    return ScalarMath.toSigned(a, 8);
  }

  static int f2s16(double a) {
    return ScalarMath.toSigned(a, 16);
  }

  static int f2u32(double a) {
    return ScalarMath.toUnsignedInt(a);
  }

  static long f2u64(double a) {
    return ScalarMath.toUnsignedLong(a);
  }

  static float u2fLong(long a) {
    return ScalarMath.unsignedToFloat(a);
  }

  static double u2dLong(long a) {
    return ScalarMath.unsignedToDouble(a);
  }

  static float fromHalf(int a) {
    return ScalarMath.halfToFloat((short) a);
  }

  static int toHalf(double a) {
    return ScalarMath.doubleToHalf(a);
  }
}
