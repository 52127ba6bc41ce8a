package dev.heddle.cli.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          1<<20                ; 1048576
          1_000_000            ; 1000000
          0xFF                 ; 255
          0x1e5                ; 485
          2+3*4                ; 14
          (2+3)*4              ; 20
          7/2                  ; 3
          -7%3                 ; -1
          -2*-3                ; 6
          ~0                   ; -1
          5-2-1                ; 2
          1|6&3^1              ; 3
          (n+15)/16*16         ; 1008
          1<<2*3               ; 64
          2.5                  ; 2.5
          1e3                  ; 1000.0
          1e-3                 ; 0.001
          .5f                  ; 0.5
          n*0.5                ; 500.0
          7/2.0                ; 3.5
          inf                  ; Infinity
          """)
  void evaluates(String text, String expected) {
    Number value = new Scalars(Map.of("n", "1000")).evaluate(text);
    assertEquals(expected, value.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1+",
        "(1",
        "1)",
        "1 2",
        "$",
        "1/0",
        "5%0",
        "1<<64",
        "1<<63",
        "9223372036854775807+1",
        "99999999999999999999",
        "2.5<<1",
        "~1.5",
        "0xZZ",
        "m",
        "1e",
        "4611686018427387904*4"
      })
  void refuses(String text) {
    Scalars scalars = new Scalars(Map.of());
    assertThrows(UsageException.class, () -> scalars.evaluate(text));
  }

  @Test
  void deepNestingIsAnErrorAndNotAnOverflow() {
    Scalars scalars = new Scalars(Map.of());
    assertThrows(UsageException.class, () -> scalars.evaluate("(".repeat(100_000) + "1"));
    assertThrows(UsageException.class, () -> scalars.evaluate("-".repeat(100_000) + "1"));
  }

  @Test
  void valuesThatDependOnEachOtherAreRefused() {
    Scalars scalars = new Scalars(Map.of("a", "b+1", "b", "a+1"));
    UsageException e = assertThrows(UsageException.class, () -> scalars.evaluate("a"));
    assertTrue(e.getMessage().contains("depend on each other"), e.getMessage());
  }

  @Test
  void namesThatWereAskedForAreKnown() {
    Scalars scalars = new Scalars(Map.of("a", "b+1", "b", "2", "c", "3"));
    scalars.evaluate("a");
    assertEquals(java.util.Set.of("a", "b"), scalars.used());
  }
}
