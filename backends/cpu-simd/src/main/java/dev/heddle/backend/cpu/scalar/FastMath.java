package dev.heddle.backend.cpu.scalar;

import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.CodeBuilder;
import java.util.Locale;

/**
 * Builtin functions that were not expanded, as {@code --math fast} leaves them: the JDK's own,
 * computed in double.
 */
public final class FastMath {
  private FastMath() {}

  /** Operands on the stack, result on the stack. */
  static void emit(CodeBuilder code, BuiltinOp op, Type type) {
    Calls.same(FastMath.class, op.text().toLowerCase(Locale.ROOT), type, op.operands()).emit(code);
  }

  public static double exp(double x) {
    return Math.exp(x);
  }

  public static float exp(float x) {
    return (float) exp((double) x);
  }

  public static double exp2(double x) {
    return Math.pow(2, x);
  }

  public static float exp2(float x) {
    return (float) exp2((double) x);
  }

  public static double exp10(double x) {
    return Math.pow(10, x);
  }

  public static float exp10(float x) {
    return (float) exp10((double) x);
  }

  public static double expm1(double x) {
    return Math.expm1(x);
  }

  public static float expm1(float x) {
    return (float) expm1((double) x);
  }

  public static double log(double x) {
    return Math.log(x);
  }

  public static float log(float x) {
    return (float) log((double) x);
  }

  public static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  public static float log2(float x) {
    return (float) log2((double) x);
  }

  public static double log10(double x) {
    return Math.log10(x);
  }

  public static float log10(float x) {
    return (float) log10((double) x);
  }

  public static double log1p(double x) {
    return Math.log1p(x);
  }

  public static float log1p(float x) {
    return (float) log1p((double) x);
  }

  public static double sin(double x) {
    return Math.sin(x);
  }

  public static float sin(float x) {
    return (float) sin((double) x);
  }

  public static double cos(double x) {
    return Math.cos(x);
  }

  public static float cos(float x) {
    return (float) cos((double) x);
  }

  public static double tan(double x) {
    return Math.tan(x);
  }

  public static float tan(float x) {
    return (float) tan((double) x);
  }

  public static double asin(double x) {
    return Math.asin(x);
  }

  public static float asin(float x) {
    return (float) asin((double) x);
  }

  public static double acos(double x) {
    return Math.acos(x);
  }

  public static float acos(float x) {
    return (float) acos((double) x);
  }

  public static double atan(double x) {
    return Math.atan(x);
  }

  public static float atan(float x) {
    return (float) atan((double) x);
  }

  public static double sinh(double x) {
    return Math.sinh(x);
  }

  public static float sinh(float x) {
    return (float) sinh((double) x);
  }

  public static double cosh(double x) {
    return Math.cosh(x);
  }

  public static float cosh(float x) {
    return (float) cosh((double) x);
  }

  public static double tanh(double x) {
    return Math.tanh(x);
  }

  public static float tanh(float x) {
    return (float) tanh((double) x);
  }

  public static double rsqrt(double x) {
    return 1 / Math.sqrt(x);
  }

  public static float rsqrt(float x) {
    return (float) rsqrt((double) x);
  }

  public static double cbrt(double x) {
    return Math.cbrt(x);
  }

  public static float cbrt(float x) {
    return (float) cbrt((double) x);
  }

  public static double pow(double x, double y) {
    return Math.pow(x, y);
  }

  public static float pow(float x, float y) {
    return (float) pow((double) x, (double) y);
  }

  public static double atan2(double x, double y) {
    return Math.atan2(x, y);
  }

  public static float atan2(float x, float y) {
    return (float) atan2((double) x, (double) y);
  }

  public static double hypot(double x, double y) {
    return Math.hypot(x, y);
  }

  public static float hypot(float x, float y) {
    return (float) hypot((double) x, (double) y);
  }

  public static double fmod(double x, double y) {
    return x % y;
  }

  public static float fmod(float x, float y) {
    return (float) fmod((double) x, (double) y);
  }
}
