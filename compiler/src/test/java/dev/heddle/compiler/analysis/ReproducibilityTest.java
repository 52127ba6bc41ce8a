package dev.heddle.compiler.analysis;

import static dev.heddle.compiler.analysis.Trial.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether barriers and conditions keep work-items apart: each kernel that is proven free of races
 * has a twin that has one, and the interpreter's race detector agrees on both.
 */
class ReproducibilityTest {
  private static final String IDS =
      "int l = get_local_id(0); int g = get_group_id(0); int i = get_global_id(0); ";
  private static final String LOCAL_BARRIER = "barrier(CLK_LOCAL_MEM_FENCE); ";
  private static final String GLOBAL_BARRIER = "barrier(CLK_GLOBAL_MEM_FENCE); ";

  private static Trial trial(String body) {
    String source =
        "kernel void f(global int* x, global int* y) { local int t[64]; " + IDS + body + " }";
    return Trial.of(source, 256).local(64).with(words(1024), words(1024));
  }

  private static Trial plane(String body) {
    String source =
        "kernel void f(global int* x, global int* y) { local int t[8][8]; "
            + "int l = get_local_id(0); int r = get_local_id(1); "
            + "int i = get_global_id(0) + get_global_id(1) * 16; "
            + body
            + " }";
    return Trial.of(source, 16, 16).local(8, 8).with(words(1024), words(1024));
  }

  private static Arguments pair(String name, Trial free, Trial racy) {
    return Arguments.of(name, free, racy);
  }

  private static Arguments pair(String name, String free, String racy) {
    return pair(name, trial(free), trial(racy));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        pair(
            "a barrier between writes and reads",
            "t[l] = i; " + LOCAL_BARRIER + "y[i] = t[63 - l];",
            "t[l] = i; y[i] = t[63 - l];"),
        pair(
            "a barrier of local memory orders no global memory",
            "x[i] = i; " + GLOBAL_BARRIER + "y[i] = x[g * 64 + 63 - l];",
            "x[i] = i; " + LOCAL_BARRIER + "y[i] = x[g * 64 + 63 - l];"),
        pair(
            "a barrier orders no other group",
            "x[i] = i; " + GLOBAL_BARRIER + "y[i] = x[g * 64 + 63 - l];",
            "x[i] = i; " + GLOBAL_BARRIER + "y[i] = x[255 - i];"),
        pair(
            "tree over a halving width",
            "t[l] = x[i]; for (int w = 32; w > 0; w /= 2) { "
                + LOCAL_BARRIER
                + "if (l < w) t[l] += t[l + w]; } if (l == 0) y[g] = t[0];",
            "t[l] = x[i]; for (int w = 32; w > 0; w /= 2) { "
                + LOCAL_BARRIER
                + "if (l <= w && l + w < 64) t[l] += t[l + w]; } if (l == 0) y[g] = t[0];"),
        pair(
            "the tree's result, read by another item than the one that wrote it",
            "t[l] = x[i]; for (int w = 32; w > 0; w >>= 1) { "
                + LOCAL_BARRIER
                + "if (l < w) t[l] += t[l + w]; } "
                + LOCAL_BARRIER
                + "if (l == 1) y[g] = t[0];",
            "t[l] = x[i]; for (int w = 32; w > 0; w >>= 1) { "
                + LOCAL_BARRIER
                + "if (l < w) t[l] += t[l + w]; } if (l == 1) y[g] = t[0];"),
        pair(
            "two barriers in every trip, or one",
            "int s = 0; for (int k = 0; k < 4; k++) { t[l] = x[i + k]; "
                + LOCAL_BARRIER
                + "s += t[63 - l]; "
                + LOCAL_BARRIER
                + "} y[i] = s;",
            "int s = 0; for (int k = 0; k < 4; k++) { t[l] = x[i + k]; "
                + LOCAL_BARRIER
                + "s += t[63 - l]; } y[i] = s;"),
        pair(
            "a barrier in some trips only",
            "for (int k = 0; k < 4; k++) { "
                + LOCAL_BARRIER
                + "if (l < 32) t[l + k] = k; } "
                + LOCAL_BARRIER
                + "y[i] = t[l];",
            "for (int k = 0; k < 4; k++) { if (k == 2) "
                + LOCAL_BARRIER
                + "if (l < 32) t[l + k] = k; } "
                + LOCAL_BARRIER
                + "y[i] = t[l];"),
        pair(
            "one item writes, all read",
            "if (l == 0) t[0] = g; " + LOCAL_BARRIER + "y[i] = t[0];",
            "if (l <= 1) t[0] = l; " + LOCAL_BARRIER + "y[i] = t[0];"),
        pair(
            "atomics counted in a phase of their own",
            "t[l] = 0; "
                + LOCAL_BARRIER
                + "atomic_inc(&t[x[i] & 63]); "
                + LOCAL_BARRIER
                + "y[i] = t[l];",
            "t[l] = 0; " + LOCAL_BARRIER + "atomic_inc(&t[x[i] & 63]); y[i] = t[l];"),
        pair(
            "a tile, transposed",
            plane("t[r][l] = x[i]; " + LOCAL_BARRIER + "y[i] = t[l][r];"),
            plane("t[r][l] = x[i]; y[i] = t[l][r];")),
        pair(
            "a tile written in rows, or by one row alone",
            plane(
                "if (r == 0) for (int k = 0; k < 8; k++) t[k][l] = k; "
                    + LOCAL_BARRIER
                    + "y[i] = t[l][r];"),
            plane(
                "if (r <= 1) for (int k = 0; k < 8; k++) t[k][l] = k + r; "
                    + LOCAL_BARRIER
                    + "y[i] = t[l][r];")),
        pair(
            "ping-pong between halves",
            "int half = 0; if (l < 32) t[l] = x[i]; for (int k = 0; k < 4; k++) { "
                + LOCAL_BARRIER
                + "if (l < 32) t[l + 32] = t[31 - l] + k; "
                + LOCAL_BARRIER
                + "if (l < 32) t[l] = t[l + 32]; } y[i] = 0;",
            "int half = 0; if (l < 32) t[l] = x[i]; for (int k = 0; k < 4; k++) { "
                + LOCAL_BARRIER
                + "if (l < 32) t[l + 32] = t[31 - l] + k; "
                + "if (l < 32) t[l] = t[l + 32]; } y[i] = 0;"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void provesOneAndNotTheOther(String name, Trial free, Trial racy) {
    assertEquals(List.of(), free.facts().reproducibility().reasons(), "free of races");
    assertFalse(new TracedRun(free, 1, 100).races(), "the detector agrees");
    assertFalse(racy.facts().reproducibility().reasons().isEmpty(), "the twin is not");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void twinHasARace(String name, Trial free, Trial racy) {
    assertTrue(new TracedRun(racy, 1, 100).races());
  }

  @Test
  void whatIsProvenNeverRaces() {
    int proven = 0;
    int racy = 0;
    for (int seed = 0; seed < 600; seed++) {
      StringBuilder body = new StringBuilder("int s = 0; ");
      statements(new Random(seed), body, 0);
      Trial trial = trial(body + "y[i] = s;");
      boolean free = trial.facts().reproducibility().proven();
      boolean races = new TracedRun(trial, seed, 100).races();
      assertFalse(free && races, () -> "proven, and racy: " + body);
      proven += free ? 1 : 0;
      racy += races ? 1 : 0;
    }
    assertTrue(proven > 60 && racy > 60, proven + " proven, " + racy + " racy");
  }

  /** Statements on the local array {@code t}; indices never leave it. */
  private static void statements(Random random, StringBuilder body, int depth) {
    int count = 2 + random.nextInt(4);
    for (int n = 0; n < count; n++) {
      switch (random.nextInt(depth < 2 ? 10 : 8) - 3) {
        case -3, -2, -1, 0, 1 -> body.append(LOCAL_BARRIER);
        case 2 -> body.append("t[").append(index(random, depth)).append("] = i + s; ");
        case 3 -> body.append("s += t[").append(index(random, depth)).append("]; ");
        case 4 ->
            body.append("if (l < ")
                .append(1 + random.nextInt(40))
                .append(") t[")
                .append(index(random, depth))
                .append("] = i; ");
        default -> {
          String k = "k" + depth;
          body.append("for (int " + k + " = 0; " + k + " < 3; " + k + "++) { ");
          if (random.nextInt(4) == 0) {
            body.append("if (" + k + " == 1) break; ");
          }
          statements(random, body, depth + 1);
          body.append("} ");
        }
      }
    }
  }

  private static String index(Random random, int depth) {
    String counter = depth == 0 ? "" : " + k" + random.nextInt(depth);
    return switch (random.nextInt(6)) {
      case 0 -> "l";
      case 1 -> "63 - l";
      case 2 -> "l / 2" + counter;
      case 3 -> "(l" + counter + ") % 64";
      case 4 -> "min(l" + counter + ", 63)";
      default -> random.nextInt(4) + counter;
    };
  }
}
