package dev.heddle.compiler.analysis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.analysis.BufferUse.Writing;
import dev.heddle.compiler.analysis.LaunchShape.Argument;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What an analysis claims of random kernels and launches, held against what the interpreter does:
 * chunks of a splittable launch never meet, the declared ranges hold all that is touched, what is
 * proven in range never faults, and what is proven reproducible has no races.
 */
class LaunchPropertyTest {
  private static final int KERNELS = 700;

  /** How many claims were tested, so that a test of nothing fails. */
  private int splittable;

  private int refused;
  private int exact;
  private int proven;
  private int reproducible;

  @Test
  void claimsHoldForRandomKernels() {
    for (int seed = 0; seed < KERNELS; seed++) {
      RandomKernel kernel = new RandomKernel(seed);
      try {
        check(kernel.trial(), seed);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + kernel.describe(), e);
      }
    }
    String counts =
        "splittable %d, refused %d, exact %d, proven %d, reproducible %d"
            .formatted(splittable, refused, exact, proven, reproducible);
    assertTrue(splittable > KERNELS / 10 && refused > KERNELS / 10, counts);
    assertTrue(exact > KERNELS / 20 && proven > KERNELS / 2, counts);
    assertTrue(reproducible > KERNELS / 20, counts);
  }

  private void check(Trial trial, int seed) {
    LaunchFacts facts = trial.facts();
    TracedRun run = new TracedRun(trial, seed, 40);
    run.faultySites().stream()
        .forEach(site -> assertFalse(facts.proven(site), "site " + site + " faults"));
    proven += facts.provenAccesses();
    boolean faulty = !run.faultySites().isEmpty();
    for (int d = 0; d < trial.shape().dimensions(); d++) {
      SplitCertificate certificate = facts.certificate(d);
      if (certificate.splittable()) {
        splittable++;
        checkSplit(trial, certificate, run, faulty, new Random(seed));
      } else {
        refused++;
        assertFalse(certificate.reasons().isEmpty(), "no reason");
      }
    }
    if (facts.reproducibility().proven()) {
      reproducible++;
      assertFalse(run.races(), "races");
    }
  }

  private void checkSplit(
      Trial trial, SplitCertificate certificate, TracedRun run, boolean faulty, Random random) {
    int d = certificate.dimension();
    int groups = run.groups(d);
    for (BufferUse use : certificate.uses()) {
      if (use.writing() != Writing.REDUCED) {
        checkApart(use.parameter(), d, run);
        for (int i = 0; i < 3; i++) {
          int begin = random.nextInt(groups);
          int end = begin + 1 + random.nextInt(groups - begin);
          checkRanges(trial, use, d, begin, end, run, faulty);
        }
      }
    }
    checkAliases(trial, certificate, run);
  }

  /** No group reads or writes what a group elsewhere along the dimension writes. */
  private static void checkApart(int parameter, int d, TracedRun run) {
    BitSet written = new BitSet();
    BitSet touched = new BitSet();
    for (int at = 0; at < run.groups(d); at++) {
      TracedRun.Bytes bytes = run.touched(parameter, d, at, at + 1);
      assertFalse(written.intersects(bytes.read()), "reads what another chunk writes");
      assertFalse(touched.intersects(bytes.written()), "writes what another chunk touches");
      written.or(bytes.written());
      touched.or(bytes.written());
      touched.or(bytes.read());
    }
  }

  private void checkRanges(
      Trial trial, BufferUse use, int d, int begin, int end, TracedRun run, boolean faulty) {
    long width = trial.shape().local()[d];
    long from = begin * width;
    long to = Math.min(end * width, trial.shape().global()[d]);
    TracedRun.Bytes bytes = run.touched(use.parameter(), d, begin, end);
    BitSet reads = set(use.reads(from, to));
    BitSet writes = set(use.writes(from, to));
    assertTrue(within(bytes.read(), reads), "reads more than " + use.reads(from, to));
    assertTrue(within(bytes.written(), writes), "writes more than " + use.writes(from, to));
    if (use.writing() == Writing.EXACT && !faulty) {
      exact++;
      assertTrue(within(writes, bytes.written()), "writes less than " + use.writes(from, to));
    }
    if (use.writing() == Writing.NONE) {
      assertTrue(bytes.written().isEmpty(), "writes");
    }
    long size = trial.shape().global()[d];
    BitSet others = set(use.writes(0, from));
    others.or(to < size ? set(use.writes(to, size)) : new BitSet());
    assertFalse(others.intersects(writes), "declared writes of two chunks meet");
  }

  private static void checkAliases(Trial trial, SplitCertificate certificate, TracedRun run) {
    int d = certificate.dimension();
    for (BufferUse a : certificate.uses()) {
      for (BufferUse b : certificate.uses()) {
        long shift = shift(trial, a.parameter(), b.parameter());
        if (a == b || shift == Long.MIN_VALUE || a.writing() == Writing.REDUCED) {
          continue;
        }
        for (int i = 0; i < run.groups(d); i++) {
          BitSet written = run.touched(a.parameter(), d, i, i + 1).written();
          for (int j = 0; j < run.groups(d); j++) {
            TracedRun.Bytes other = run.touched(b.parameter(), d, j, j + 1);
            boolean meet =
                written.stream()
                    .anyMatch(
                        at ->
                            at - shift >= 0
                                && (other.read().get((int) (at - shift))
                                    || other.written().get((int) (at - shift))));
            assertFalse(i != j && meet, "chunks meet in shared memory");
          }
        }
      }
    }
  }

  /** By how many bytes b starts after a in one memory; the least number if they share none. */
  private static long shift(Trial trial, int a, int b) {
    List<Argument> arguments = trial.shape().arguments();
    return arguments.get(a) instanceof Argument.Buffer first
            && arguments.get(b) instanceof Argument.Buffer second
            && first.memory() == second.memory()
        ? second.start() - first.start()
        : Long.MIN_VALUE;
  }

  private static boolean within(BitSet part, BitSet whole) {
    BitSet rest = (BitSet) part.clone();
    rest.andNot(whole);
    return rest.isEmpty();
  }

  private static BitSet set(List<ByteRange> ranges) {
    BitSet bytes = new BitSet();
    for (ByteRange range : ranges) {
      for (long i = 0; i < range.count(); i++) {
        int start = (int) (range.start() + i * range.stride());
        bytes.set(start, start + (int) range.length());
      }
    }
    return bytes;
  }

  /** A small kernel over two buffers, with indices that are mostly affine and sometimes not. */
  private static final class RandomKernel {
    private final Random random;
    private final String source;
    private final Trial trial;
    private final List<String> names = new ArrayList<>();
    private final boolean groups;
    private final int dimensions;
    private int loops;

    RandomKernel(int seed) {
      random = new Random(seed);
      groups = random.nextInt(3) == 0;
      dimensions = 1 + random.nextInt(2);
      StringBuilder text =
          new StringBuilder("kernel void f(global int* a, global int* b, int n, int m) {\n");
      text.append("  int x = get_global_id(0);\n");
      names.add("x");
      if (dimensions == 2) {
        text.append("  int y = get_global_id(1);\n");
        names.add("y");
      }
      if (groups) {
        text.append("  int l = get_local_id(0); int g = get_group_id(0);\n");
        names.add("l");
        names.add("g");
      }
      if (random.nextInt(3) == 0) {
        text.append("  if (x >= n) return;\n");
      }
      statements(text, "  ", 1 + random.nextInt(3), 2);
      source = text.append("}\n").toString();
      trial = launch(Trial.of(source, sizes()));
    }

    Trial trial() {
      return trial;
    }

    String describe() {
      return source + trial.shape();
    }

    private long[] sizes() {
      return dimensions == 2
          ? new long[] {1 + random.nextInt(9), 1 + random.nextInt(6)}
          : new long[] {1 + random.nextInt(24)};
    }

    private Trial launch(Trial bare) {
      long bytes = random.nextInt(4) == 0 ? 64 : 4000;
      boolean shared = random.nextInt(6) == 0;
      Trial sized =
          groups ? bare.local(dimensions == 2 ? new long[] {4, 2} : new long[] {4}) : bare;
      Trial placed = random.nextInt(4) == 0 ? sized.offset(3) : sized;
      return placed.with(
          new long[] {bytes, 0, 0},
          new long[] {4000, shared ? 0 : 1, shared ? 4L * random.nextInt(40) : 0},
          1 + random.nextInt(20),
          random.nextInt(5));
    }

    private void statements(StringBuilder text, String indent, int count, int depth) {
      for (int i = 0; i < count; i++) {
        int kind = random.nextInt(depth > 0 ? 10 : 4);
        if (kind < 5) {
          String buffer = random.nextInt(3) > 0 ? "a" : "b";
          text.append(indent)
              .append(buffer)
              .append("[")
              .append(index())
              .append("] = ")
              .append(value())
              .append(";\n");
        } else if (kind == 5) {
          text.append(indent).append("atomic_add(a + (").append(index()).append("), 1);\n");
        } else if (kind < 8) {
          text.append(indent).append("if (").append(condition()).append(") {\n");
          String before = random.nextInt(3) == 0 ? "a[x] = 5;" : "";
          text.append(indent).append(before);
          statements(text, indent + "  ", 1 + random.nextInt(2), depth - 1);
          if (loops == 0 && random.nextInt(4) == 0) {
            text.append(indent).append("  return;\n").append(indent).append("}\n");
            text.append(indent).append(before).append("\n");
            continue;
          }
          text.append(indent).append("}");
          if (!before.isEmpty()) {
            text.append(" else {\n").append(before).append("}\n");
          } else if (random.nextInt(3) == 0) {
            text.append(" else {\n");
            statements(text, indent + "  ", 1, depth - 1);
            text.append(indent).append("}");
          }
          text.append("\n");
        } else {
          loop(text, indent, depth);
        }
      }
    }

    private void loop(StringBuilder text, String indent, int depth) {
      String name = "k" + loops++;
      String head =
          switch (random.nextInt(5)) {
            case 0 -> "for (int %1$s = 0; %1$s < m; %1$s++) {\n";
            case 1 -> "for (int %1$s = x; %1$s < n; %1$s += 3) {\n";
            case 2 -> "for (int %1$s = m; %1$s >= 0; %1$s--) {\n";
            case 3 -> "for (int %1$s = 8; %1$s > 0; %1$s >>= 1) {\n";
            default -> "for (int %1$s = 0; %1$s != 4; %1$s += 2) {\n";
          };
      text.append(indent).append(head.formatted(name));
      names.add(name);
      if (random.nextInt(4) == 0) {
        text.append(indent)
            .append("  if (")
            .append(condition())
            .append(") ")
            .append(random.nextBoolean() ? "break" : "continue")
            .append(";\n");
      }
      statements(text, indent + "  ", 1 + random.nextInt(2), depth - 1);
      names.remove(name);
      text.append(indent).append("}\n");
    }

    private String value() {
      return switch (random.nextInt(4)) {
        case 0 -> "x";
        case 1 -> "b[" + index() + "]";
        case 2 -> "a[" + index() + "] + 1";
        default -> "b[" + index() + "] + a[" + index() + "]";
      };
    }

    private String condition() {
      String[] comparisons = {"<", "<=", ">", ">=", "==", "!="};
      String comparison = comparisons[random.nextInt(comparisons.length)];
      return switch (random.nextInt(4)) {
        case 0 -> "b[" + index() + "] > 20";
        case 1 -> name() + " " + comparison + " n && " + name() + " > 1";
        default -> name() + " " + comparison + " " + random.nextInt(8);
      };
    }

    private String name() {
      return names.get(random.nextInt(names.size()));
    }

    private String index() {
      int width = 4 + random.nextInt(20);
      return switch (random.nextInt(18)) {
        case 0 -> "b[" + name() + "]";
        case 1 -> "x % " + width;
        case 2 -> "x / " + (1 + random.nextInt(3));
        case 3 -> "(x / " + width + ") * " + (width + random.nextInt(3)) + " + x % " + width;
        case 4 -> "(x & 3) | ((x >> 2) << 3)";
        case 5 -> "min(" + sum() + ", " + random.nextInt(30) + ")";
        case 6 -> "clamp(x + " + (random.nextInt(5) - 2) + ", 0, n - 1)";
        case 7 -> "x ^ " + random.nextInt(4);
        case 8 -> dimensions == 2 ? "y * n + x" : "n - 1 - x";
        case 9 -> groups ? "g * 4 + l" : "x * m";
        case 10 -> dimensions == 2 ? "y * 9 + x" : "x";
        case 11, 12, 13 -> "x";
        default -> sum();
      };
    }

    private String sum() {
      StringBuilder text = new StringBuilder();
      for (String name : names) {
        int factor = random.nextInt(4) == 0 ? 0 : random.nextInt(7) - 1;
        if (factor != 0) {
          text.append(text.isEmpty() ? "" : " + ").append(factor).append(" * ").append(name);
        }
      }
      return text + (text.isEmpty() ? "" : " + ") + random.nextInt(9);
    }
  }
}
