package dev.heddle.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final float NAN = Float.NaN;

  private static Summary of(float... values) {
    return Summary.of(
        Arena.ofAuto().allocateFrom(ValueLayout.JAVA_FLOAT, values), ElementType.FLOAT);
  }

  @Test
  void nansAreCountedAndLeftOut() {
    Summary summary = of(1, NAN, -3, 8, NAN);
    assertEquals(2, summary.nans());
    assertEquals(-3, summary.min());
    assertEquals(8, summary.max());
    assertEquals(2, summary.mean());
    assertEquals(6, summary.sum());
  }

  @Test
  void nothingButNansHasNoLeast() {
    Summary summary = of(NAN, NAN);
    assertEquals(2, summary.nans());
    assertEquals(Double.NaN, summary.min());
    assertEquals(Double.NaN, summary.max());
    assertEquals(Double.NaN, summary.mean());
  }

  @Test
  void infinitiesAreNumbers() {
    Summary summary = of(Float.NEGATIVE_INFINITY, 1);
    assertEquals(Double.NEGATIVE_INFINITY, summary.min());
    assertEquals(1, summary.max());
    assertEquals(0, summary.nans());
  }

  @Test
  void theChecksumIsThatOfTheBytes() {
    MemorySegment check = Arena.ofAuto().allocateFrom("123456789");
    assertEquals("e3069283", Summary.of(check.asSlice(0, 9), ElementType.CHAR).crcText());
  }
}
