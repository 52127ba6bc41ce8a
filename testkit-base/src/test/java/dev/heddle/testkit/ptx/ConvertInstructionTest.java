package dev.heddle.testkit.ptx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertInstructionTest {
  private static void check(long wanted, String types, String instruction, long... inputs) {
    long got = Snippet.run(types, instruction, inputs);
    assertEquals(Long.toHexString(wanted), Long.toHexString(got), instruction + " of " + types);
  }

  private static long f(double value) {
    return Float.floatToRawIntBits((float) value) & 0xFFFFFFFFL;
  }

  private static long d(double value) {
    return Double.doubleToRawLongBits(value);
  }

  @Test
  void integers() {
    check(0xFFFFFFFFL, "s32 s16", "cvt.s32.s16 %d, %a;", 0xFFFF);
    check(0xFFFF, "u32 u16", "cvt.u32.u16 %d, %a;", 0xFFFF);
    check(0xFFFFFFFFFFFFFFFFL, "s64 s32", "cvt.s64.s32 %d, %a;", 0xFFFFFFFFL);
    check(0x34, "u16 u32", "cvt.u16.u32 %d, %a;", 0x120034);
    // 8 bits live in wider registers: chopped when read, extended when written
    check(0xFFFFFF80L, "s32 s32", "cvt.s32.s8 %d, %a;", 0x1280);
    check(0xFF80, "b16 b32", "cvt.s8.s32 %d, %a;", 0x1280);
    check(0x80, "b16 b32", "cvt.u8.u32 %d, %a;", 0x1280);
  }

  @Test
  void saturation() {
    check(0x7F, "b16 s32", "cvt.sat.s8.s32 %d, %a;", 0x1280);
    check(0xFF80, "b16 s32", "cvt.sat.s8.s32 %d, %a;", 0x80000000L);
    check(0, "u32 s32", "cvt.sat.u32.s32 %d, %a;", 0xFFFFFFFFL);
    check(0x7FFFFFFFL, "s32 u32", "cvt.sat.s32.u32 %d, %a;", 0xFFFFFFFFL);
    check(0x7FFFFFFFFFFFFFFFL, "s64 u64", "cvt.sat.s64.u64 %d, %a;", -1);
    check(0, "u64 s64", "cvt.sat.u64.s64 %d, %a;", -1);
    check(5, "u64 s64", "cvt.sat.u64.s64 %d, %a;", 5);
  }

  @Test
  void floatsToIntegers() {
    check(2, "s32 f32", "cvt.rni.s32.f32 %d, %a;", f(2.5));
    check(0xFFFFFFFEL, "s32 f32", "cvt.rzi.s32.f32 %d, %a;", f(-2.9));
    check(0xFFFFFFFDL, "s32 f32", "cvt.rmi.s32.f32 %d, %a;", f(-2.1));
    check(3, "s32 f64", "cvt.rpi.s32.f64 %d, %a;", d(2.1));
    check(0x7FFFFFFFL, "s32 f32", "cvt.rzi.s32.f32 %d, %a;", f(1e20));
    check(0x80000000L, "s32 f32", "cvt.rzi.s32.f32 %d, %a;", f(-1e20));
    check(0, "u32 f32", "cvt.rzi.u32.f32 %d, %a;", f(-1));
    check(0xFFFFFFFFL, "u32 f64", "cvt.rzi.u32.f64 %d, %a;", d(4294967296.0));
    check(0xFFFFFFFFL, "u32 f64", "cvt.rzi.u32.f64 %d, %a;", d(4294967295.5));
    check(-1, "u64 f32", "cvt.rzi.u64.f32 %d, %a;", f(1e20));
    check(0x8000000000000000L, "u64 f64", "cvt.rzi.u64.f64 %d, %a;", d(9223372036854775808.0));
    check(0xFFFFFFFFFFFFF800L, "u64 f64", "cvt.rzi.u64.f64 %d, %a;", d(18446744073709549568.0));
    check(0x7FFFFFFFFFFFFFFFL, "s64 f64", "cvt.rzi.s64.f64 %d, %a;", d(1e19));
    check(0x7F, "b16 f32", "cvt.rzi.s8.f32 %d, %a;", f(300));
    check(0xFF, "b16 f32", "cvt.rzi.u8.f32 %d, %a;", f(300));
  }

  @Test
  void aNaNAsAnInteger() {
    long nan = d(Double.NaN);
    check(0, "s32 f32", "cvt.rzi.s32.f32 %d, %a;", f(Float.NaN));
    check(0, "u32 f32", "cvt.rzi.u32.f32 %d, %a;", f(Float.NaN));
    check(0x8000000000000000L, "s64 f32", "cvt.rzi.s64.f32 %d, %a;", f(Float.NaN));
    check(0x80000000L, "s32 f64", "cvt.rzi.s32.f64 %d, %a;", nan);
    check(0x8000000000000000L, "u64 f64", "cvt.rzi.u64.f64 %d, %a;", nan);
    check(0xFF80, "b16 f64", "cvt.rzi.s8.f64 %d, %a;", nan);
  }

  @Test
  void integersToFloats() {
    check(f(16777216), "f32 s32", "cvt.rn.f32.s32 %d, %a;", 16777217);
    check(f(16777220), "f32 s32", "cvt.rn.f32.s32 %d, %a;", 16777219);
    check(f(16777218), "f32 s32", "cvt.rz.f32.s32 %d, %a;", 16777219);
    check(f(16777218), "f32 s32", "cvt.rp.f32.s32 %d, %a;", 16777217);
    check(f(-16777218), "f32 s32", "cvt.rm.f32.s32 %d, %a;", -16777217);
    check(f(-16777216), "f32 s32", "cvt.rp.f32.s32 %d, %a;", -16777217);
    check(f(18446744073709551616.0), "f32 u64", "cvt.rn.f32.u64 %d, %a;", -1);
    check(0x5F7FFFFFL, "f32 u64", "cvt.rz.f32.u64 %d, %a;", -1);
    check(f(-1), "f32 s64", "cvt.rn.f32.s64 %d, %a;", -1);
    // rounded once, not by way of double
    check(0x5E000001L, "f32 s64", "cvt.rn.f32.s64 %d, %a;", 0x2000002000000001L);
    check(d(9007199254740992.0), "f64 s64", "cvt.rn.f64.s64 %d, %a;", 9007199254740993L);
    check(0x7C00, "b16 u32", "cvt.rn.f16.u32 %d, %a;", 65520);
    check(0x7BFF, "b16 u32", "cvt.rz.f16.u32 %d, %a;", 0xFFFFFFFFL);
  }

  @Test
  void floatsToFloats() {
    check(d(0.1f), "f64 f32", "cvt.f64.f32 %d, %a;", f(0.1));
    check(f(0.1), "f32 f64", "cvt.rn.f32.f64 %d, %a;", d(0.1));
    check(f(0.1) - 1, "f32 f64", "cvt.rz.f32.f64 %d, %a;", d(0.1));
    check(f(Float.MAX_VALUE), "f32 f64", "cvt.rz.f32.f64 %d, %a;", d(1e300));
    check(f(Float.POSITIVE_INFINITY), "f32 f64", "cvt.rn.f32.f64 %d, %a;", d(1e300));
    check(1, "f32 f64", "cvt.rp.f32.f64 %d, %a;", d(1e-300));
    check(0x80000001L, "f32 f64", "cvt.rm.f32.f64 %d, %a;", d(-1e-300));
    check(0x80000000L, "f32 f64", "cvt.rp.f32.f64 %d, %a;", d(-1e-300));
    check(0x3C00, "b16 f32", "cvt.rn.f16.f32 %d, %a;", f(1));
    check(0x3C01, "b16 f32", "cvt.rp.f16.f32 %d, %a;", f(1.00001));
    check(f(1), "f32 b16", "cvt.f32.f16 %d, %a;", 0x3C00);
    // just above a tie: by way of float it would round down
    check(0x3C01, "b16 f64", "cvt.rn.f16.f64 %d, %a;", d(1 + 0x1p-11 + 0x1p-40));
    check(f(2), "f32 f32", "cvt.rni.f32.f32 %d, %a;", f(2.5));
    check(f(-0f), "f32 f32", "cvt.rzi.f32.f32 %d, %a;", f(-0.5));
    check(d(-3), "f64 f64", "cvt.rmi.f64.f64 %d, %a;", d(-2.5));
  }

  @Test
  void aNaNAsAFloat() {
    check(0x7FFFFFFFL, "f32 f32", "cvt.rni.f32.f32 %d, %a;", 0xFFC12345L);
    check(0x7FFFFFFFL, "f32 f64", "cvt.rn.f32.f64 %d, %a;", 0xFFF8000000000001L);
    check(0xFFF8000020000000L, "f64 f32", "cvt.f64.f32 %d, %a;", 0xFF800001L);
    check(0x7FFFFFFFL, "f32 b16", "cvt.f32.f16 %d, %a;", 0x7E01);
    check(0x7FFF, "b16 f32", "cvt.rn.f16.f32 %d, %a;", 0x7FC00000L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cvt.s32.f32 %d, %a;",
        "cvt.rn.s32.f32 %d, %a;",
        "cvt.f32.f64 %d, %a;",
        "cvt.rni.f32.f64 %d, %a;",
        "cvt.f32.s32 %d, %a;",
        "cvt.rn.f64.f32 %d, %a;",
        "cvt.sat.s32.s16 %d, %a;",
        "cvt.rzi.s32.s64 %d, %a;",
        "cvt.b32.b64 %d, %a;"
      })
  void wrongModifiers(String instruction) {
    String types = instruction.contains("f64") ? "b64 b64" : "b32 b32";
    assertThrows(PtxException.class, () -> Snippet.run(types, instruction, 0));
  }

  @Test
  void everyModeAgreesWithExactArithmetic() {
    Random random = new Random(5);
    String[] modes = {"rn", "rz", "rm", "rp"};
    for (int i = 0; i < 20_000; i++) {
      double exact = Math.scalb(random.nextDouble() * 2 - 1, random.nextInt(320) - 170);
      for (String mode : modes) {
        float got = Float.intBitsToFloat((int) Rounding.ofDouble(exact, mode, PtxType.F32));
        checkRounded(exact, got, mode);
      }
    }
  }

  private static void checkRounded(double exact, float got, String mode) {
    float down = (float) exact > exact ? Math.nextDown((float) exact) : (float) exact;
    float up = (float) exact < exact ? Math.nextUp((float) exact) : (float) exact;
    float wanted =
        switch (mode) {
          case "rm" -> down;
          case "rp" -> up;
          case "rz" -> exact < 0 ? up : down;
          default -> nearer(exact, down, up);
        };
    assertEquals(wanted, got, mode + " of " + exact);
  }

  private static float nearer(double exact, float down, float up) {
    if (Float.isInfinite(up) || Float.isInfinite(down)) {
      return (float) exact;
    }
    BigDecimal value = new BigDecimal(exact);
    int order = value.subtract(new BigDecimal(down)).compareTo(new BigDecimal(up).subtract(value));
    boolean even = (Float.floatToRawIntBits(down) & 1) == 0;
    return order < 0 || order == 0 && even ? down : up;
  }
}
