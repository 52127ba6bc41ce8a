package dev.heddle.compiler.math;

import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.Type;
import java.util.SplittableRandom;

/**
 * Prints the largest error of the float functions: {@code Sweep [stride] [function...]} evaluates
 * every stride-th of all floats (stride 1: all 2^32), and as many random pairs for two operands.
 */
final class Sweep {
  private Sweep() {}

  public static void main(String[] arguments) {
    long stride = arguments.length > 0 ? Long.parseLong(arguments[0]) : 4001;
    for (BuiltinOp op : BuiltinOp.values()) {
      boolean own =
          switch (op) {
            case POWN, ROOTN, REMQUO, LGAMMA, TGAMMA -> true;
            default -> false;
          };
      if (!own && arguments.length < 2 || java.util.Arrays.asList(arguments).contains(op.text())) {
        Worst worst = op.operands() == 1 ? all(op, stride) : pairs(op, (1L << 32) / stride);
        Sequence sequence = new Sequence(op, Type.F32);
        System.out.printf(
            "%-6s %3d ops  %.4f ulp at %a %a: got %a%n",
            op.text(), sequence.size(), worst.ulps, worst.x, worst.y, worst.got);
      }
    }
  }

  /** The largest error so far and where it was. */
  static final class Worst {
    double ulps;
    float x;
    float y;
    float got;

    void see(Sequence sequence, BuiltinOp op, float a, float b) {
      float result = op.operands() == 1 ? sequence.apply(a) : sequence.apply(a, b);
      double error = Ulps.of(result, Reference.of(op, a, b));
      if (!(error <= ulps)) {
        ulps = error;
        x = a;
        y = b;
        got = result;
      }
    }
  }

  static Worst all(BuiltinOp op, long stride) {
    Sequence sequence = new Sequence(op, Type.F32);
    Worst worst = new Worst();
    for (long bits = 0; bits < 1L << 32; bits += stride) {
      worst.see(sequence, op, Float.intBitsToFloat((int) bits), 0);
    }
    return worst;
  }

  static Worst pairs(BuiltinOp op, long count) {
    Sequence sequence = new Sequence(op, Type.F32);
    SplittableRandom random = new SplittableRandom(7);
    Worst worst = new Worst();
    for (long i = 0; i < count; i++) {
      float a = Float.intBitsToFloat(random.nextInt());
      float b = Float.intBitsToFloat(random.nextInt());
      worst.see(sequence, op, a, b);
      float c = (float) random.nextDouble(0, 20);
      worst.see(sequence, op, c, (float) random.nextDouble(-40, 40));
      worst.see(sequence, op, (float) Math.exp(random.nextDouble(-1e-2, 1e-2)), 1000 * c);
    }
    return worst;
  }
}
