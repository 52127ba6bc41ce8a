package dev.heddle.conformance;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Type;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** Operands that arithmetic goes wrong on: special values in all pairs, then random ones. */
final class Operands {
  private static final double[] NUMBERS = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    -0.5,
    1.5,
    2.5,
    -2.5,
    3,
    10,
    1 / 3.0,
    127.5,
    128,
    255.9,
    256,
    -128,
    -129,
    32767.9,
    65504,
    65519.99999999999,
    65520,
    65535,
    65536,
    6.1e-5,
    6e-8,
    2.98023223876953125e-8,
    2.980232238769532e-8,
    1.00000005960464477539,
    8388607.5,
    8388609,
    4503599627370495.5,
    2147483647,
    2147483647.5,
    2147483648.0,
    -2147483648.0,
    -2147483649.0,
    4294967295.0,
    4294967295.5,
    4294967296.0,
    9.223372036854775807e18,
    -9.223372036854775808e18,
    1.844674407370955e19,
    1.8446744073709552e19,
    1e-40,
    -1e-40,
    7e-46,
    1e-310,
    -1e-310,
    1e38,
    -3e38,
    3.4028235e38,
    3.4028235677973366e38,
    1e308,
    -1e308,
    Float.MIN_NORMAL,
    Double.MIN_NORMAL,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };

  private Operands() {}

  /** Three lists of equal length: all pairs of special values, each with a third, then random. */
  static long[][] of(Type type, int random) {
    long[] special = specials(type);
    int pairs = special.length * special.length;
    long[][] operands = new long[3][pairs + random];
    for (int i = 0; i < pairs; i++) {
      operands[0][i] = special[i / special.length];
      operands[1][i] = special[i % special.length];
      operands[2][i] = special[(i / special.length + 3 * i) % special.length];
    }
    SplittableRandom source = new SplittableRandom(42);
    for (int i = pairs; i < pairs + random; i++) {
      for (int k = 0; k < 3; k++) {
        operands[k][i] = Arithmetic.truncate(type, random(type, source, i % 2 == 0));
      }
    }
    return operands;
  }

  /** Random bits, or a number of moderate size: most random bits are huge or tiny numbers. */
  private static long random(Type type, SplittableRandom source, boolean moderate) {
    long bits = source.nextLong() >>> source.nextInt(40);
    double number = source.nextDouble(-1, 1) * Math.scalb(1.0, source.nextInt(-6, 8));
    return switch (type) {
      case BOOL, I8, I16, I32, I64 -> bits;
      case F16 -> moderate ? Float.floatToFloat16((float) number) : bits;
      case F32 -> moderate ? Float.floatToRawIntBits((float) number) : bits;
      case F64 -> moderate ? Double.doubleToRawLongBits(number) : source.nextLong();
    };
  }

  private static long[] specials(Type type) {
    LongStream bits =
        switch (type) {
          case BOOL -> LongStream.of(0, 1);
          case I8, I16, I32, I64 -> integers(type.bits());
          case F16 ->
              LongStream.of(
                  0, 0x8000, 1, 0x8001, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x7bff, 0xfbff, 0x7c00,
                  0xfc00, 0x7e00, 0xfe00, 0x7c01, 0x5640, 0x3555);
          case F32 ->
              LongStream.concat(
                  LongStream.of(0x7fc00000L, 0xffc00000L, 0x7f800001L, 0xffffffffL, 1, 0x80000001L),
                  DoubleStream.of(NUMBERS).mapToLong(v -> Float.floatToRawIntBits((float) v)));
          case F64 ->
              LongStream.concat(
                  LongStream.of(
                      0x7ff8000000000000L,
                      0xfff8000000000000L,
                      0x7ff0000000000001L,
                      -1L,
                      1,
                      0x8000000000000001L),
                  DoubleStream.of(NUMBERS).mapToLong(Double::doubleToRawLongBits));
        };
    return bits.map(value -> Arithmetic.truncate(type, value)).distinct().toArray();
  }

  private static LongStream integers(int bits) {
    long min = 1L << (bits - 1);
    return LongStream.of(
        0, 1, 2, 3, 7, 10, -1, -2, -7, min, min + 1, min - 1, min - 2, 0x55, bits, bits - 1,
        bits + 1, 100, -100);
  }

  /** The value of some bits, for people. */
  static String text(Type type, long bits) {
    String hex = "0x" + Long.toHexString(bits);
    return switch (type) {
      case BOOL -> bits == 0 ? "false" : "true";
      case I8 -> (byte) bits + " (" + hex + ")";
      case I16 -> (short) bits + " (" + hex + ")";
      case I32 -> (int) bits + " (" + hex + ")";
      case I64 -> bits + " (" + hex + ")";
      case F16 -> Float.float16ToFloat((short) bits) + " (" + hex + ")";
      case F32 -> Float.intBitsToFloat((int) bits) + " (" + hex + ")";
      case F64 -> Double.longBitsToDouble(bits) + " (" + hex + ")";
    };
  }
}
