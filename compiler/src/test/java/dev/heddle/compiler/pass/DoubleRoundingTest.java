package dev.heddle.compiler.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.java.JavaCompiler;
import dev.heddle.compiler.frontend.java.JavaMethod;
import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.compiler.ir.Program;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Floats widened to double, combined, and narrowed again: the bits of the float operation. */
class DoubleRoundingTest {
  static float inDouble(float a, float b) {
    return (float) Math.sqrt(a) + (float) ((double) a * b) - (float) (a / (double) b);
  }

  static float needsDouble(float a, float b) {
    return (float) ((double) a * b + 0.1) + (float) Math.sqrt((double) a * b);
  }

  private static String folded(String name) throws NoSuchMethodException {
    JavaMethod method =
        JavaMethod.of(DoubleRoundingTest.class.getDeclaredMethod(name, float.class, float.class));
    Function function = JavaCompiler.compile(method, new KernelShape.MethodCall()).function();
    return IrPrinter.print(Pipeline.prepare(new Program(List.of(function)), function.name(), true));
  }

  @Test
  void computesInFloatsWhatMayBe() throws NoSuchMethodException {
    assertTrue(folded("needsDouble").contains("f64"));
    String text = folded("inDouble");
    assertFalse(text.contains("f64"), text);
  }

  private static float number(Random random, int round) {
    return switch (round % 4) {
      case 0 -> Float.intBitsToFloat(random.nextInt());
      case 1 -> random.nextFloat();
      case 2 -> Float.intBitsToFloat(random.nextInt() & 0x80FFFFFF);
      default -> random.nextInt(-5, 5);
    };
  }

  /** The rule itself, by the JVM's arithmetic. */
  @Test
  void roundingTwiceIsRoundingOnce() {
    Random random = new Random(11);
    for (int i = 0; i < 1_000_000; i++) {
      float a = number(random, i);
      float b = number(random, i / 4);
      same(a + b, (float) ((double) a + (double) b));
      same(a - b, (float) ((double) a - (double) b));
      same(a * b, (float) ((double) a * (double) b));
      same(a / b, (float) ((double) a / (double) b));
    }
  }

  private static void same(float expected, float found) {
    assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(found));
  }
}
