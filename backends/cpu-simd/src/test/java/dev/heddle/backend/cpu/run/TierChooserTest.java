package dev.heddle.backend.cpu.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class TierChooserTest {
  private static final long SLICE = 64;
  private static final long CHUNK = 16 * SLICE;
  private static final long SCALAR_NANOS = 1_000;

  private final TierChooser tiers = new TierChooser();
  private long elapsed;
  private long sampling;

  /**
   * Works as a launch does until so much time has passed.
   *
   * @param vectorNanos of a work-item of the vector tier, by the time that has passed
   */
  private void work(long untilNanos, LongUnaryOperator vectorNanos) {
    while (elapsed < untilNanos) {
      if (tiers.samples()) {
        sampling += run(tiers.other(), SLICE, vectorNanos);
      }
      run(tiers.leader(), CHUNK, vectorNanos);
    }
  }

  private long run(Tier tier, long items, LongUnaryOperator vectorNanos) {
    long each = tier == Tier.SCALAR ? SCALAR_NANOS : vectorNanos.applyAsLong(elapsed);
    long nanos = items * each;
    tiers.ran(tier, items, nanos);
    elapsed += nanos;
    return nanos;
  }

  private static LongUnaryOperator compiledAt(long nanos) {
    return elapsed -> elapsed < nanos ? 100 * SCALAR_NANOS : SCALAR_NANOS / 10;
  }

  @Test
  void theFasterTierTakesOver() {
    work(2_000_000_000L, compiledAt(500_000_000L));
    assertEquals(Tier.VECTOR, tiers.leader());
  }

  @Test
  void codeThatIsCompiledLateTakesOverAllTheSame() {
    long late = 30_000_000_000L;
    work(late + 6_000_000_000L, compiledAt(late));
    assertEquals(Tier.VECTOR, tiers.leader());
  }

  @Test
  void codeThatWasThrownAwayComesBack() {
    work(2_000_000_000L, compiledAt(500_000_000L));
    assertEquals(Tier.VECTOR, tiers.leader());
    // compiled again once enough of it has run
    work(20_000_000_000L, elapsed -> sampling < 1_500_000_000L ? 100_000 : 100);
    assertEquals(Tier.VECTOR, tiers.leader());
  }

  @Test
  void codeThatStaysSlowCostsLittle() {
    long whole = 400_000_000_000L;
    work(whole, compiledAt(Long.MAX_VALUE));
    assertEquals(Tier.SCALAR, tiers.leader());
    assertTrue(sampling < whole / 50, "samples took " + sampling + " ns");
  }

  @Test
  void ofUnevenWorkTheLeastSaysLittleOfTheMean() {
    for (int slice = 0; slice < 200; slice++) {
      tiers.ran(Tier.SCALAR, SLICE, SLICE * (slice % 2 == 0 ? 10 : 1_000));
    }
    assertTrue(tiers.leaderItemNanos() > 300, "" + tiers.leaderItemNanos());
    assertTrue(tiers.leastItemNanos() < 100, "" + tiers.leastItemNanos());
  }
}
