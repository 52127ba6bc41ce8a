package dev.heddle.cli.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.ElementType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratorsTest {
  private static final BigInteger MASK = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

  /** The documented formula, by arbitrary-precision arithmetic. */
  private static double unit(long seed, long i) {
    BigInteger z =
        BigInteger.valueOf(seed)
            .multiply(new BigInteger("D1342543DE82EF95", 16))
            .add(BigInteger.valueOf(i + 1).multiply(new BigInteger("9E3779B97F4A7C15", 16)))
            .and(MASK);
    z = z.xor(z.shiftRight(30)).multiply(new BigInteger("BF58476D1CE4E5B9", 16)).and(MASK);
    z = z.xor(z.shiftRight(27)).multiply(new BigInteger("94D049BB133111EB", 16)).and(MASK);
    z = z.xor(z.shiftRight(31));
    return new BigDecimal(z.shiftRight(11))
        .divide(new BigDecimal(BigInteger.TWO.pow(53)))
        .doubleValue();
  }

  @Test
  void uniformIsTheDocumentedFunction() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocate(4 * 100_000);
      Generators.uniform(data, ElementType.FLOAT, 0, -1, 3, 7);
      for (int i : new int[] {0, 1, 2, 65_535, 65_536, 99_999}) {
        assertEquals(
            (float) (-1 + 4.0 * unit(7, i)), data.getAtIndex(ValueLayout.JAVA_FLOAT, i), "at " + i);
      }
    }
  }

  @Test
  void uniformIntegersStayBelowTheUpperEnd() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocate(100_000);
      Generators.uniform(data, ElementType.UCHAR, 0, 0, 4, 1);
      Summary summary = Summary.of(data, ElementType.UCHAR);
      assertEquals(0, summary.min());
      assertEquals(3, summary.max());
      assertEquals(1.5, summary.mean(), 0.02);
      Generators.uniform(data, ElementType.UINT, 0, 0, 0x1p32, 1);
      assertTrue(Summary.of(data, ElementType.UINT).max() > 4.29e9);
    }
  }

  @Test
  void normalHasItsMeanAndSpread() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocate(8 * 200_000);
      Generators.normal(data, ElementType.DOUBLE, 0, 5, 2, 3);
      double mean = Summary.of(data, ElementType.DOUBLE).mean();
      double squares = 0;
      for (int i = 0; i < 200_000; i++) {
        double d = data.getAtIndex(ValueLayout.JAVA_DOUBLE, i) - mean;
        squares += d * d;
      }
      assertEquals(5, mean, 0.02);
      assertEquals(2, Math.sqrt(squares / 200_000), 0.02);
    }
  }

  @Test
  void iotaAndConstantCoverEveryType() {
    try (Arena arena = Arena.ofShared()) {
      for (ElementType type : ElementType.values()) {
        MemorySegment data = arena.allocate(type.type().bytes() * 3L, 8);
        Generators.iota(data, type, 0, 1, type == ElementType.BOOL ? 0 : 2);
        double last = type == ElementType.BOOL ? 1 : 5;
        assertEquals(last, Summary.element(data, type, 2), type.text());
        Generators.constant(data, type, 1);
        assertEquals(3, Summary.of(data, type).sum(), type.text());
      }
    }
  }

  @Test
  void partsAreThoseOfTheWhole() {
    for (String kind : List.of("uniform", "normal", "iota", "fill")) {
      BufferSource source = new BufferSource.Generated(kind, ElementType.FLOAT, 4000, 2, 9, 5);
      MemorySegment whole = MemorySegment.ofArray(new byte[4000]);
      source.load(0, whole);
      MemorySegment part = MemorySegment.ofArray(new byte[400]);
      source.load(1200, part);
      assertEquals(-1, part.mismatch(whole.asSlice(1200, 400)), kind);
    }
  }
}
