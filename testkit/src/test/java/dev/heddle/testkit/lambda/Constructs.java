package dev.heddle.testkit.lambda;

import dev.heddle.runtime.function.RangeBody;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** One lambda for each construct of the language, over fresh data. */
final class Constructs {
  private static final int[] TABLE = {3, 1, 4, 1, 5, 9, 2, 6};
  private static int calls = 7;

  private final int offset = 11;
  private final float[] weights = {0.25f, 0.5f, 2f, 4f};
  private final Inner inner = new Inner(5, new long[] {10, 20, 30});

  /** A captured object with fields of its own. */
  private record Inner(int step, long[] values) {}

  private record Complex(double re, double im) {
    Complex plus(Complex other) {
      return new Complex(re + other.re, im + other.im);
    }

    Complex times(Complex other) {
      return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    double norm() {
      return re * re + im * im;
    }
  }

  /** A record that checks what it is made of. */
  private record Range(int low, int high) {
    Range {
      if (low > high) {
        int swapped = low;
        low = high;
        high = swapped;
      }
    }

    int length() {
      return high - low;
    }
  }

  private Constructs() {}

  static Map<String, Function<Data, RangeBody>> all() {
    Map<String, Function<Data, RangeBody>> all = new LinkedHashMap<>();
    arithmetic(all);
    conversions(all);
    controlFlow(all);
    loops(all);
    memory(all);
    calls(all);
    new Constructs().objects(all);
    return all;
  }

  private static void arithmetic(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "int",
        d ->
            i -> {
              int a = d.ints[i];
              int b = d.small[i];
              d.outInts[i] = (a * 31 + b - (a ^ b) & ~b | a >>> 3) << a >> b;
              d.outInts[i] += a / (b + 1) + a % (b + 1) - -a;
            });
    all.put(
        "long",
        d ->
            i -> {
              long a = d.longs[i];
              long b = d.ints[i];
              d.outLongs[i] = (a * 31 + b - (a ^ b) & ~b | a >>> 3) << a >> b;
              d.outLongs[i] += a / (b | 1) + a % (b | 1) + (a >>> 65) - (a << d.ints[i]);
            });
    all.put(
        "overflow and shifts",
        d ->
            i -> {
              int least = Integer.MIN_VALUE + i * 0;
              d.outInts[i] = least / -1 + least % -1 + (1 << d.ints[i]) + (d.ints[i] >> 33);
              d.outLongs[i] = Long.MIN_VALUE / -1 + (d.longs[i] >>> d.ints[i]);
            });
    all.put(
        "float is not contracted",
        d -> i -> d.outFloats[i] = d.floats[i] * d.floats[i] + d.floats[i] - d.ints[i] * 0.1f);
    all.put(
        "double",
        d ->
            i -> {
              double x = d.doubles[i];
              d.outDoubles[i] = x * x * 3 + x / (x + 1) - -x + x % 2.5;
              d.outFloats[i] = d.floats[i] % 3f;
            });
    all.put(
        "narrow types",
        d ->
            i -> {
              byte b = d.bytes[i];
              b += 200;
              b <<= 1;
              short s = (short) (d.shorts[i] * 3);
              char c = (char) (d.chars[i] + 70000);
              c >>= 1;
              d.outBytes[i] = b++;
              d.outShorts[i] = --s;
              d.outChars[i] = c;
              d.outInts[i] = b * s + c;
            });
    all.put(
        "comparisons with NaN",
        d ->
            i -> {
              float x = d.floats[i];
              float y = d.floats[d.small[i]];
              int m = 0;
              m |= x < y ? 1 : 0;
              m |= x <= y ? 2 : 0;
              m |= x > y ? 4 : 0;
              m |= x >= y ? 8 : 0;
              m |= x == y ? 16 : 0;
              m |= x != y ? 32 : 0;
              m |= !(x < y) ? 64 : 0;
              m |= !(x >= y) ? 128 : 0;
              m |= Float.compare(x, y) * 256;
              m ^= Long.compare(d.longs[i], d.longs[d.small[i]]) * 4096;
              d.outInts[i] = m;
              d.outFlags[i] = x != x;
            });
  }

  private static void conversions(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "casts of floats",
        d ->
            i -> {
              float x = d.floats[i];
              double y = d.doubles[i];
              d.outInts[i] = (int) x + (int) y;
              d.outLongs[i] = (long) x ^ (long) y;
              d.outBytes[i] = (byte) x;
              d.outShorts[i] = (short) y;
              d.outChars[i] = (char) x;
              d.outFloats[i] = (float) y;
              d.outDoubles[i] = x;
            });
    all.put(
        "casts of integers",
        d ->
            i -> {
              d.outFloats[i] = d.longs[i];
              d.outDoubles[i] = d.longs[i] + (double) d.ints[i];
              d.outLongs[i] = d.ints[i] + (d.chars[i] - d.bytes[i]);
              d.outBytes[i] = (byte) d.ints[i];
              d.outChars[i] = (char) d.bytes[i];
              d.outShorts[i] = (short) d.longs[i];
              d.outInts[i] = (int) d.longs[i];
            });
    all.put(
        "bits of floats",
        d ->
            i -> {
              d.outInts[i] = Float.floatToIntBits(d.floats[i]);
              d.outLongs[i] = Double.doubleToRawLongBits(d.doubles[i]);
              d.outFloats[i] = Float.intBitsToFloat(d.ints[i] & 0x3fffffff);
            });
  }

  private static void controlFlow(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "if, ternary, short-circuit",
        d ->
            i -> {
              int a = d.small[i];
              if (a > 3 && (a < 9 || d.flags[i]) && !(d.ints[i] < 0)) {
                d.outInts[i] = a;
              } else if (a == 2 || d.ints[a] > 5) {
                d.outInts[i] = -a;
              }
              d.outFlags[i] = a > 5 ^ d.flags[i] & d.ints[i] > 0 | a == 1;
              d.outFloats[i] = d.flags[i] ? a > 7 ? 1f : d.floats[i] : a;
            });
    all.put(
        "early return",
        d ->
            i -> {
              if (d.flags[i]) {
                return;
              }
              d.outInts[i] = 1;
              if (d.ints[i] > 0) {
                d.outInts[i] = 2;
                return;
              }
              d.outLongs[i] = 3;
            });
    all.put(
        "old switch falls through",
        d ->
            i -> {
              int r = 0;
              switch (d.small[i] % 7) {
                case 0:
                  r += 1;
                case 1:
                  r += 10;
                  break;
                case 2:
                case 3:
                  r = 5;
                  if (d.flags[i]) {
                    break;
                  }
                  r = 6;
                default:
                  r -= 100;
                case 5:
                  r *= 3;
              }
              d.outInts[i] = r;
            });
    all.put(
        "new switch yields",
        d ->
            i ->
                d.outInts[i] =
                    switch (d.ints[i] % 1000) {
                      case -999, 0, 999 -> 1;
                      case 1 -> {
                        int t = d.small[i];
                        yield t * t;
                      }
                      case 7 -> d.flags[i] ? 3 : 4;
                      default -> d.small[i];
                    });
  }

  private static void loops(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "for, while, do",
        d ->
            i -> {
              long sum = 0;
              for (int k = 0; k < d.small[i] % 13; k++) {
                sum = sum * 31 + d.longs[k];
              }
              int rest = d.small[i];
              while (rest != 0) {
                rest &= rest - 1;
                sum++;
              }
              do {
                sum ^= sum << 3;
                rest++;
              } while (rest < 4);
              d.outLongs[i] = sum;
            });
    all.put(
        "labelled break and continue",
        d ->
            i -> {
              int found = -1;
              int steps = 0;
              outer:
              for (int a = 0; a < 9; a++) {
                for (int b = a; ; b++) {
                  steps++;
                  if (b > 11) {
                    continue outer;
                  }
                  if ((a * b + d.small[i]) % 23 == 5) {
                    found = a * 100 + b;
                    break outer;
                  }
                  if (b == 5 && d.flags[i]) {
                    break;
                  }
                }
                steps += 1000;
              }
              d.outInts[i] = found;
              d.outLongs[i] = steps;
            });
    all.put(
        "values of loops used after them",
        d ->
            i -> {
              float last = 0;
              int k = 0;
              float x = 0;
              for (; k < 20; k++) {
                x = last * 0.5f + k;
                if (x > d.small[i] % 17) {
                  last = -x;
                  break;
                }
                last = x;
              }
              d.outFloats[i] = last + x;
              d.outInts[i] = k;
            });
    all.put(
        "blocks with labels",
        d ->
            i -> {
              int r = 1;
              block:
              {
                if (d.flags[i]) {
                  break block;
                }
                r = 2;
                if (d.ints[i] > 0) {
                  break block;
                }
                r = 3;
              }
              d.outInts[i] = r;
            });
  }

  private static void memory(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "local arrays",
        d ->
            i -> {
              int[] counts = new int[4];
              double[] powers = {1, 2, 4, 8};
              for (int k = 0; k < 10; k++) {
                counts[d.ints[(d.small[i] + k) % d.ints.length] & 3]++;
              }
              int best = 0;
              for (int k = 0; k < counts.length; k++) {
                float[] fresh = new float[3];
                fresh[k % 3] += counts[k];
                d.outFloats[i] += fresh[0];
                if (counts[k] > counts[best]) {
                  best = k;
                }
              }
              d.outInts[i] = best;
              d.outDoubles[i] = powers[best];
            });
    all.put(
        "gathers and neighbours",
        d ->
            i -> {
              int left = Math.max(i - 1, 0);
              int right = Math.min(i + 1, d.ints.length - 1);
              d.outInts[i] = d.ints[left] + d.ints[right] + d.ints[d.small[i]];
            });
    all.put(
        "arrays as arguments",
        d ->
            i -> {
              int[] own = {5, 3, 8, d.small[i], 1};
              sort(own);
              d.outInts[i] = own[0] + 10 * own[2] + 100 * own[4] + sumOf(d.ints, i);
            });
  }

  private static void sort(int[] values) {
    for (int a = 1; a < values.length; a++) {
      int moved = values[a];
      int b = a - 1;
      while (b >= 0 && values[b] > moved) {
        values[b + 1] = values[b];
        b--;
      }
      values[b + 1] = moved;
    }
  }

  private static int sumOf(int[] values, int i) {
    int sum = 0;
    for (int k = Math.max(0, i - 3); k <= i; k++) {
      sum += values[k];
    }
    return sum;
  }

  private static void calls(Map<String, Function<Data, RangeBody>> all) {
    all.put("static helpers", d -> i -> d.outInts[i] = mixed(d.ints[i], TABLE[i & 7]) + calls);
    all.put(
        "library methods",
        d ->
            i -> {
              int a = d.ints[i];
              d.outInts[i] =
                  Integer.bitCount(a)
                      ^ Integer.rotateLeft(a, 5)
                      ^ Integer.reverse(a)
                      ^ Math.floorMod(a, 17)
                      ^ Math.abs(a)
                      ^ Integer.compareUnsigned(a, 9);
              d.outLongs[i] =
                  Long.numberOfLeadingZeros(d.longs[i])
                      + Math.multiplyHigh(d.longs[i], 0x9E3779B97F4A7C15L)
                      + Long.reverseBytes(d.longs[i]);
            });
    all.put(
        "Math that is exact",
        d ->
            i -> {
              double x = d.doubles[i];
              float y = d.floats[i];
              d.outDoubles[i] =
                  Math.sqrt(Math.abs(x)) + Math.floor(x) - Math.ceil(x) + Math.rint(x * 0.5);
              d.outFloats[i] = Math.max(y, d.floats[d.small[i]]) + Math.min(y, 1f) + Math.signum(y);
              d.outInts[i] = Math.round(y);
              d.outLongs[i] = Math.round(x);
              d.outDoubles[i] += Math.fma(x, x, 1.5) + Math.copySign(1, x) + Math.scalb(x, 3);
            });
    all.put(
        "StrictMath",
        d ->
            i -> {
              double x = d.doubles[i];
              d.outDoubles[i] =
                  StrictMath.sin(x)
                      + StrictMath.exp(x * 0.01)
                      + StrictMath.pow(Math.abs(x), 0.3)
                      + StrictMath.atan2(x, 2);
            });
    all.put(
        "records",
        d ->
            i -> {
              Complex c = new Complex(d.small[i] * 0.01, -0.5);
              Complex z = new Complex(0, 0);
              int steps = 0;
              while (steps < 20 && z.norm() < 4) {
                z = z.times(z).plus(c);
                steps++;
              }
              Range range = new Range(steps, d.small[i] % 10);
              d.outInts[i] = steps + 100 * range.length();
              d.outDoubles[i] = (d.flags[i] ? z : c).re();
            });
  }

  private static int mixed(int a, int b) {
    if (b == 9) {
      return a;
    }
    for (int k = 0; k < b; k++) {
      a = a * 31 + k;
      if ((a & 15) == 3) {
        return -a;
      }
    }
    return twice(a);
  }

  private static int twice(int a) {
    return 2 * a;
  }

  private void objects(Map<String, Function<Data, RangeBody>> all) {
    all.put(
        "fields of captured objects",
        d ->
            i -> {
              d.outFloats[i] = weights[i & 3] * d.small[i] + offset;
              d.outLongs[i] = inner.values()[i % 3] * inner.step;
              d.outInts[i] = scaled(i);
            });
    byte narrow = -3;
    boolean flag = true;
    double wide = 1e-3;
    all.put(
        "captured numbers",
        d ->
            i -> {
              d.outInts[i] = narrow * i;
              d.outDoubles[i] = flag ? wide * i : 0;
            });
  }

  private int scaled(int i) {
    return i * offset + inner.step();
  }
}
