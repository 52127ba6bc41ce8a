package dev.heddle.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.cli.data.NamedData;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpyFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExpectationTest {
  @TempDir Path folder;

  private boolean met(String text, float... content) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_FLOAT, content);
      return Expectation.parse(text, folder)
          .check(name -> new NamedData(name, ElementType.FLOAT, 1, data))
          .met();
    }
  }

  @Test
  void figuresAreRelative() {
    assertTrue(met("sum(y) ~ 6 1e-6", 1, 2, 3));
    assertFalse(met("sum(y) ~ 6.1 1e-6", 1, 2, 3));
    assertTrue(met("mean(y) ~ 2.1 0.1", 1, 2, 3));
    assertTrue(met("max(y) ~ 3 0", 1, 2, 3));
    assertFalse(met("min(y) ~ 3 0", 1, 2, 3));
  }

  @Test
  void filesAreComparedByBitsOrUlps() {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_FLOAT, 1, -0f, 2);
      NpyFile.write(folder.resolve("y.npy"), ElementType.FLOAT, List.of(3L), data);
    }
    assertTrue(met("y == @y.npy", 1, -0f, 2));
    assertFalse(met("y == @y.npy", 1, 0f, 2));
    assertTrue(met("y ~ @y.npy 1ulp", Math.nextUp(1f), 0f, 2));
    assertFalse(met("y ~ @y.npy 1ulp", 1 + 2 * Math.ulp(1f), 0f, 2));
    assertFalse(met("y == @y.npy", 1, -0f));
    assertFalse(met("y ~ @y.npy 1ulp", 1, Float.NaN, 2));
  }

  @Test
  void checksums() {
    assertTrue(met("crc32c(y) == 8a9136aa", new float[8]));
    assertFalse(met("crc32c(y) == 8a9136ab", new float[8]));
  }

  @Test
  void otherTextIsRefused() {
    for (String text :
        List.of("y = 3", "y == 3", "sum(y) ~ x 1", "y == @f.npy 2ulp", "y ~ @f.npy")) {
      assertThrows(UsageException.class, () -> Expectation.parse(text, folder), text);
    }
  }

  @Test
  void ulpsCountAcrossZero() {
    assertEquals(2, Ulps.between(Float.MIN_VALUE, -Float.MIN_VALUE, false));
    assertEquals(0, Ulps.between(0.0, -0.0, true));
    assertEquals(0, Ulps.between(Double.NaN, Double.NaN, true));
    assertEquals(Long.MAX_VALUE, Ulps.between(Double.NaN, 0, true));
    assertEquals(1, Ulps.between(1.0, Math.nextUp(1.0), true));
  }
}
