package dev.heddle.testkit.lambda;

import java.util.Random;

/**
 * Arrays of every type, filled from a seed: some with anything, some small, and room for results.
 */
final class Data {
  final int[] ints;
  final int[] small;
  final long[] longs;
  final float[] floats;
  final double[] doubles;
  final byte[] bytes;
  final short[] shorts;
  final char[] chars;
  final boolean[] flags;
  final int[] outInts;
  final long[] outLongs;
  final float[] outFloats;
  final double[] outDoubles;
  final byte[] outBytes;
  final short[] outShorts;
  final char[] outChars;
  final boolean[] outFlags;

  Data(int n) {
    Random random = new Random(n);
    ints = random.ints(n).map(v -> v >> (v & 31)).toArray();
    small = random.ints(n, 0, Math.max(1, n)).toArray();
    longs = random.longs(n).map(v -> v >> (v & 63)).toArray();
    floats = new float[n];
    doubles = new double[n];
    bytes = new byte[n];
    shorts = new short[n];
    chars = new char[n];
    flags = new boolean[n];
    for (int i = 0; i < n; i++) {
      floats[i] = special(i, (float) random.nextGaussian() * 50);
      doubles[i] = special(i, (float) random.nextGaussian() * 50) * 1.1;
      shorts[i] = (short) random.nextInt();
      chars[i] = (char) random.nextInt();
      flags[i] = random.nextBoolean();
    }
    random.nextBytes(bytes);
    outInts = new int[n];
    outLongs = new long[n];
    outFloats = new float[n];
    outDoubles = new double[n];
    outBytes = new byte[n];
    outShorts = new short[n];
    outChars = new char[n];
    outFlags = new boolean[n];
  }

  private static float special(int i, float plain) {
    return switch (i % 16) {
      case 3 -> Float.NaN;
      case 5 -> Float.POSITIVE_INFINITY;
      case 7 -> -0f;
      case 11 -> 3e38f;
      case 13 -> -1e20f;
      default -> plain;
    };
  }

  /** All arrays that lambdas write, for comparison. */
  Object[] results() {
    // a computed NaN has one bit pattern here, and any in plain Java
    for (int i = 0; i < outFloats.length; i++) {
      outFloats[i] = outFloats[i] != outFloats[i] ? Float.NaN : outFloats[i];
      outDoubles[i] = outDoubles[i] != outDoubles[i] ? Double.NaN : outDoubles[i];
    }
    return new Object[] {
      outInts, outLongs, bits(outFloats), bits(outDoubles), outBytes, outShorts, outChars, outFlags
    };
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  private static long[] bits(double[] values) {
    long[] bits = new long[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(values[i]);
    }
    return bits;
  }
}
