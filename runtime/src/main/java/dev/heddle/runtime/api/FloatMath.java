package dev.heddle.runtime.api;

import dev.heddle.compiler.ir.BuiltinOp;

/**
 * Functions of floats that kernels compute as floats: where {@code (float) Math.exp(x)} is work in
 * double precision, {@code FloatMath.exp(x)} is not. They are the builtin functions of kernels,
 * within 1 to 4 ULP, with the same bits on every device. Called in plain Java they give these bits
 * too, by interpretation, which is slow.
 */
public final class FloatMath {
  private FloatMath() {}

  /** e to the power {@code x}. */
  public static float exp(float x) {
    return FloatReference.of(BuiltinOp.EXP, x, 0);
  }

  /** 2 to the power {@code x}. */
  public static float exp2(float x) {
    return FloatReference.of(BuiltinOp.EXP2, x, 0);
  }

  /** 10 to the power {@code x}. */
  public static float exp10(float x) {
    return FloatReference.of(BuiltinOp.EXP10, x, 0);
  }

  /** e to the power {@code x}, less 1. */
  public static float expm1(float x) {
    return FloatReference.of(BuiltinOp.EXPM1, x, 0);
  }

  /** The natural logarithm. */
  public static float log(float x) {
    return FloatReference.of(BuiltinOp.LOG, x, 0);
  }

  /** The logarithm to base 2. */
  public static float log2(float x) {
    return FloatReference.of(BuiltinOp.LOG2, x, 0);
  }

  /** The logarithm to base 10. */
  public static float log10(float x) {
    return FloatReference.of(BuiltinOp.LOG10, x, 0);
  }

  /** The natural logarithm of {@code 1 + x}. */
  public static float log1p(float x) {
    return FloatReference.of(BuiltinOp.LOG1P, x, 0);
  }

  /** The sine of {@code x}. */
  public static float sin(float x) {
    return FloatReference.of(BuiltinOp.SIN, x, 0);
  }

  /** The cosine of {@code x}. */
  public static float cos(float x) {
    return FloatReference.of(BuiltinOp.COS, x, 0);
  }

  /** The tangent of {@code x}. */
  public static float tan(float x) {
    return FloatReference.of(BuiltinOp.TAN, x, 0);
  }

  /** The arc sine of {@code x}. */
  public static float asin(float x) {
    return FloatReference.of(BuiltinOp.ASIN, x, 0);
  }

  /** The arc cosine of {@code x}. */
  public static float acos(float x) {
    return FloatReference.of(BuiltinOp.ACOS, x, 0);
  }

  /** The arc tangent of {@code x}. */
  public static float atan(float x) {
    return FloatReference.of(BuiltinOp.ATAN, x, 0);
  }

  /** The hyperbolic sine of {@code x}. */
  public static float sinh(float x) {
    return FloatReference.of(BuiltinOp.SINH, x, 0);
  }

  /** The hyperbolic cosine of {@code x}. */
  public static float cosh(float x) {
    return FloatReference.of(BuiltinOp.COSH, x, 0);
  }

  /** The hyperbolic tangent of {@code x}. */
  public static float tanh(float x) {
    return FloatReference.of(BuiltinOp.TANH, x, 0);
  }

  /** One divided by the square root. */
  public static float rsqrt(float x) {
    return FloatReference.of(BuiltinOp.RSQRT, x, 0);
  }

  /** The cube root. */
  public static float cbrt(float x) {
    return FloatReference.of(BuiltinOp.CBRT, x, 0);
  }

  /** The error function. */
  public static float erf(float x) {
    return FloatReference.of(BuiltinOp.ERF, x, 0);
  }

  /** One less the error function. */
  public static float erfc(float x) {
    return FloatReference.of(BuiltinOp.ERFC, x, 0);
  }

  /** {@code x} to the power {@code y}. */
  public static float pow(float x, float y) {
    return FloatReference.of(BuiltinOp.POW, x, y);
  }

  /** The angle of the point with ordinate {@code x} and abscissa {@code y}. */
  public static float atan2(float x, float y) {
    return FloatReference.of(BuiltinOp.ATAN2, x, y);
  }

  /** The square root of {@code x * x + y * y}. */
  public static float hypot(float x, float y) {
    return FloatReference.of(BuiltinOp.HYPOT, x, y);
  }

  /** The square root, correctly rounded. */
  public static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }

  /** The largest whole number not above {@code x}. */
  public static float floor(float x) {
    return (float) Math.floor(x);
  }

  /** The smallest whole number not below {@code x}. */
  public static float ceil(float x) {
    return (float) Math.ceil(x);
  }

  /** The nearest whole number, the even one of two. */
  public static float rint(float x) {
    return (float) Math.rint(x);
  }
}
