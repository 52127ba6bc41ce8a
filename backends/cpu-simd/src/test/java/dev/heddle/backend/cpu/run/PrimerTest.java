package dev.heddle.backend.cpu.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** When code is called with nothing to do, on a clock and a JVM of the test's own. */
class PrimerTest {
  private static final long SLOW_NANOS = 2_000;
  private static final long FAST_NANOS = 20;

  /** Code that the JVM compiles some calls after it was called often. */
  private static final class Code implements Primer.Code {
    private final int longest;
    private final long compiledAfter;
    private long calls;
    private long nanos;

    Code(int longest, long compiledAfter) {
      this.longest = longest;
      this.compiledAfter = compiledAfter;
    }

    @Override
    public void prime(int more) {
      calls += more;
      nanos += more * (calls > compiledAfter ? FAST_NANOS : SLOW_NANOS);
    }

    @Override
    public int classes() {
      return 1;
    }

    @Override
    public int longestStraightMethod() {
      return longest;
    }
  }

  @Test
  void callsShortCodeUntilItIsCompiled() {
    Code code = new Code(1_000, 3_000);
    Primer primer = new Primer(() -> code.nanos);
    assertTrue(primer.learning());
    primer.ran(code, 85, 1_000_000);
    assertEquals(600, code.calls, "the first time only as often as the JVM needs to count ways");
    assertTrue(primer.learning());
    assertFalse(primer.awaited());
    primer.ran(code, 85, 1_000_000);
    assertEquals(3_100, code.calls, "then no longer than until it is compiled");
    assertFalse(primer.learning());
    assertFalse(primer.awaited());
    primer.ran(code, 85, 500);
    assertEquals(3_100, code.calls, "compiled code is left alone");
  }

  @Test
  void waitsForCodeThatTheCompilerIsBusyWith() {
    Code code = new Code(1_000, 9_000);
    Primer primer = new Primer(() -> code.nanos);
    primer.ran(code, 85, 1_000_000);
    primer.ran(code, 85, 1_000_000);
    assertEquals(6_600, code.calls);
    assertTrue(primer.awaited(), "real calls had better wait");
    int looks = 0;
    while (primer.awaited()) {
      primer.look(code);
      looks++;
    }
    assertEquals(25, looks, "100 calls a look");
    assertFalse(primer.learning());
  }

  @Test
  void givesUpWaitingForCodeThatIsNeverCompiled() {
    Code code = new Code(1_000, Long.MAX_VALUE);
    Primer primer = new Primer(() -> code.nanos);
    int looks = 0;
    for (int round = 0; round < 40; round++) {
      primer.ran(code, 85, 1_000_000);
      while (primer.awaited()) {
        primer.look(code);
        looks++;
      }
    }
    assertFalse(primer.learning(), "it is used as it is");
    assertEquals(31 * 1_001, looks);
    long calls = code.calls;
    primer.ran(code, 85, 1_000_000);
    assertEquals(calls, code.calls);
  }

  @Test
  void leavesLongCodeToItsTime() {
    Code code = new Code(1_501, 3_000);
    Primer primer = new Primer(() -> code.nanos);
    primer.ran(code, 85, 1_000_000);
    assertEquals(0, code.calls);
    assertFalse(primer.learning());
    assertFalse(primer.awaited());
  }

  @Test
  void startsAgainWhereTheJvmThrewTheCodeAway() {
    Code code = new Code(1_000, 650);
    Primer primer = new Primer(() -> code.nanos);
    primer.ran(code, 85, 1_000_000);
    primer.ran(code, 85, 1_000_000);
    assertFalse(primer.learning());
    primer.ran(code, 100, 1_000);
    long calls = code.calls;
    primer.ran(code, 100, 7_000);
    assertEquals(calls, code.calls, "a thread that lost its core for a moment");
    primer.ran(code, 100, 9_000);
    assertTrue(code.calls > calls);
  }
}
