package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatInstructionTest {
  private static final long NAN_WITH_PAYLOAD = 0xFFC12345L;
  private static final long CANONICAL = 0x7FFFFFFFL;

  private static void check(long wanted, String types, String instruction, long... inputs) {
    long got = Snippet.run(types, instruction, inputs);
    assertEquals(Long.toHexString(wanted), Long.toHexString(got), instruction + " of " + types);
  }

  private static long f(float value) {
    return Float.floatToRawIntBits(value) & 0xFFFFFFFFL;
  }

  private static long d(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Test
  void singlePrecision() {
    check(f(0.1f + 0.2f), "f32 f32 f32", "add.rn.f32 %d, %a, %b;", f(0.1f), f(0.2f));
    check(f(-1), "f32 f32 f32", "sub.rn.f32 %d, %a, %b;", f(1), f(2));
    check(1, "f32 f32 f32", "mul.rn.f32 %d, %a, %b;", f(Float.MIN_VALUE * 2), f(0.5f));
    check(0x3EAAAAABL, "f32 f32 f32", "div.rn.f32 %d, %a, %b;", f(1), f(3));
    check(0x3FB504F3L, "f32 f32", "sqrt.rn.f32 %d, %a;", f(2));
    check(0x3EAAAAABL, "f32 f32", "rcp.rn.f32 %d, %a;", f(3));
    float big = 1 + Math.ulp(1f);
    check(
        f(Math.fma(big, big, -1f)),
        "f32 f32 f32 f32",
        "fma.rn.f32 %d, %a, %b, %c;",
        f(big),
        f(big),
        f(-1));
    check(f(Float.POSITIVE_INFINITY), "f32 f32 f32", "div.rn.f32 %d, %a, %b;", f(1), f(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "sub", "mul", "div"})
  void singlePrecisionGivesOneNaN(String name) {
    String instruction = name + ".rn.f32 %d, %a, %b;";
    check(CANONICAL, "f32 f32 f32", instruction, NAN_WITH_PAYLOAD, f(1));
    check(CANONICAL, "f32 f32 f32", instruction, f(1), NAN_WITH_PAYLOAD);
  }

  @Test
  void otherNaNsOfSinglePrecision() {
    check(CANONICAL, "f32 f32", "sqrt.rn.f32 %d, %a;", f(-1));
    check(CANONICAL, "f32 f32", "neg.f32 %d, %a;", NAN_WITH_PAYLOAD);
    check(CANONICAL, "f32 f32", "abs.f32 %d, %a;", NAN_WITH_PAYLOAD);
    check(CANONICAL, "f32 f32 f32", "min.f32 %d, %a, %b;", NAN_WITH_PAYLOAD, NAN_WITH_PAYLOAD);
    check(f(3), "f32 f32 f32", "min.f32 %d, %a, %b;", NAN_WITH_PAYLOAD, f(3));
    check(f(3), "f32 f32 f32", "max.f32 %d, %a, %b;", f(3), NAN_WITH_PAYLOAD);
  }

  @Test
  void doublePrecisionKeepsPayloads() {
    long payload = 0x7FF0000000001234L;
    check(0x7FF8000000001234L, "f64 f64 f64", "add.rn.f64 %d, %a, %b;", d(1), payload);
    check(
        0xFFF8000000000000L,
        "f64 f64 f64",
        "sub.rn.f64 %d, %a, %b;",
        d(Double.POSITIVE_INFINITY),
        d(Double.POSITIVE_INFINITY));
    check(payload, "f64 f64", "abs.f64 %d, %a;", payload);
    check(d(1 / 3.0), "f64 f64 f64", "div.rn.f64 %d, %a, %b;", d(1), d(3));
    check(d(Math.sqrt(2)), "f64 f64", "sqrt.rn.f64 %d, %a;", d(2));
  }

  @Test
  void zeros() {
    check(f(-0f), "f32 f32 f32", "min.f32 %d, %a, %b;", f(0f), f(-0f));
    check(f(0f), "f32 f32 f32", "max.f32 %d, %a, %b;", f(-0f), f(0f));
    check(d(-0.0), "f64 f64", "neg.f64 %d, %a;", d(0));
    check(f(0), "f32 f32", "abs.f32 %d, %a;", f(-0f));
  }

  @Test
  void signsAndClasses() {
    check(f(-2), "f32 f32 f32", "copysign.f32 %d, %a, %b;", f(-1), f(2));
    check(1, "pred f32", "testp.subnormal.f32 %d, %a;", 1);
    check(0, "pred f32", "testp.normal.f32 %d, %a;", 1);
    check(1, "pred f32", "testp.notanumber.f32 %d, %a;", NAN_WITH_PAYLOAD);
    check(0, "pred f64", "testp.finite.f64 %d, %a;", d(Double.NaN));
    check(1, "pred f64", "testp.infinite.f64 %d, %a;", d(Double.NEGATIVE_INFINITY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add.f32 %d, %a, %a;",
        "mul.f32 %d, %a, %a;",
        "add.rn.ftz.f32 %d, %a, %a;",
        "div.approx.f32 %d, %a, %a;",
        "div.full.f32 %d, %a, %a;",
        "sqrt.approx.f32 %d, %a;",
        "ex2.approx.f32 %d, %a;",
        "lg2.approx.f32 %d, %a;",
        "mad.rn.f32 %d, %a, %a, %a;",
        "rsqrt.approx.f32 %d, %a;"
      })
  void whatIsNotExactIsRefused(String instruction) {
    PtxException error =
        assertThrows(PtxException.class, () -> Snippet.run("f32 f32", instruction, f(1)));
    String name = instruction.substring(0, instruction.indexOf(' '));
    assertEquals(true, error.getMessage().contains(name), error.getMessage());
  }
}
