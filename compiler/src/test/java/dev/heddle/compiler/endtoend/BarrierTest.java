package dev.heddle.compiler.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.InterpResult.FaultKind;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Barriers where they are hard: in loops that end in every way, in helpers, behind returns. */
class BarrierTest {
  private static int[] iota(int count) {
    return IntStream.range(0, count).toArray();
  }

  private static int[] numbers(int count) {
    return new Random(count).ints(count, -1000, 1000).toArray();
  }

  @Test
  void treeReductionWithATail() {
    String source =
        """
        kernel void sum(global const int *x, global int *out, local int *lm, int n) {
          int gid = get_global_id(0), lid = get_local_id(0);
          lm[lid] = gid < n ? x[gid] : 0;
          for (int s = get_local_size(0) / 2; s > 0; s >>= 1) {
            barrier(CLK_LOCAL_MEM_FENCE);
            if (lid < s) lm[lid] += lm[lid + s];
          }
          if (lid == 0) out[get_group_id(0)] = lm[0];
        }
        """;
    int[] x = numbers(100);
    int[] got = KernelRun.of(source).ints(x).out(8).local(64).scalar(100).run(128, 16).intsOf(1);
    int[] want = new int[8];
    IntStream.range(0, 100).forEach(i -> want[i / 16] += x[i]);
    assertArrayEquals(want, got);
  }

  /** As in dynamic programming over rows: a loop with barriers that ends by break. */
  @Test
  void aLoopWithBarriersThatEndsByBreak() {
    String source =
        """
        kernel void path(global const int *cost, global int *out, int rows, int limit) {
          local int prev[16], next[16];
          int lid = get_local_id(0);
          prev[lid] = cost[lid];
          barrier(CLK_LOCAL_MEM_FENCE);
          for (int r = 1; ; r++) {
            int best = prev[lid];
            if (lid > 0) best = min(best, prev[lid - 1]);
            if (lid < 15) best = min(best, prev[lid + 1]);
            next[lid] = best + cost[r * 16 + lid];
            barrier(CLK_LOCAL_MEM_FENCE);
            if (r == rows - 1 || r == limit) break;
            prev[lid] = next[lid];
            barrier(CLK_LOCAL_MEM_FENCE);
          }
          out[lid] = next[lid];
        }
        """;
    int rows = 9;
    int[] cost = Arrays.stream(numbers(16 * rows)).map(Math::abs).toArray();
    for (int limit : new int[] {3, 100}) {
      int[] got =
          KernelRun.of(source).ints(cost).out(16).scalar(rows).scalar(limit).run(16, 16).intsOf(1);
      int[] row = Arrays.copyOf(cost, 16);
      for (int r = 1; r <= Math.min(rows - 1, limit); r++) {
        int[] above = row;
        int at = r;
        row =
            IntStream.range(0, 16)
                .map(
                    c ->
                        Arrays.stream(above, Math.max(0, c - 1), Math.min(16, c + 2))
                                .min()
                                .getAsInt()
                            + cost[at * 16 + c])
                .toArray();
      }
      assertArrayEquals(row, got);
    }
  }

  @Test
  void earlyReturnsBeforeBarriers() {
    String source =
        """
        kernel void k(global int *out, int n) {
          local int lm[16];
          int gid = get_global_id(0), lid = get_local_id(0);
          lm[lid] = gid * 3;
          if (gid >= n) return;
          barrier(CLK_LOCAL_MEM_FENCE);
          out[gid] = lm[15 - lid];
        }
        """;
    int[] got = KernelRun.of(source).out(48).scalar(37).run(48, 16).intsOf(0);
    int[] want =
        IntStream.range(0, 48).map(i -> i < 37 ? (i / 16 * 16 + 15 - i % 16) * 3 : 0).toArray();
    assertArrayEquals(want, got);
  }

  @Test
  void returnsInsideALoopWithBarriers() {
    String source =
        """
        kernel void k(global int *out) {
          local int lm[8];
          int lid = get_local_id(0);
          lm[lid] = 0;
          for (int c = 0; c < 8; c++) {
            barrier(CLK_LOCAL_MEM_FENCE);
            int seen = lm[(lid + 7) % 8];
            barrier(CLK_LOCAL_MEM_FENCE);
            if (c == lid) { out[get_global_id(0)] = seen; return; }
            lm[lid] = seen + 1;
          }
        }
        """;
    int[] want = new int[8];
    int[] lm = new int[8];
    for (int c = 0; c < 8; c++) {
      int[] before = lm.clone();
      for (int lid = c; lid < 8; lid++) {
        int seen = before[(lid + 7) % 8];
        if (c == lid) {
          want[lid] = seen;
        } else {
          lm[lid] = seen + 1;
        }
      }
    }
    assertArrayEquals(want, KernelRun.of(source).out(8).run(8, 8).intsOf(0));
  }

  @Test
  void helpersWithBarriersInside() {
    String source =
        """
        int scan(local int *tmp, int value) {
          int lid = get_local_id(0), n = get_local_size(0);
          tmp[lid] = value;
          barrier(CLK_LOCAL_MEM_FENCE);
          for (int d = 1; d < n; d *= 2) {
            int add = lid >= d ? tmp[lid - d] : 0;
            barrier(CLK_LOCAL_MEM_FENCE);
            tmp[lid] += add;
            barrier(CLK_LOCAL_MEM_FENCE);
          }
          return tmp[lid];
        }
        kernel void k(global const int *x, global int *out, local int *tmp) {
          int gid = get_global_id(0);
          int once = scan(tmp, x[gid]);
          barrier(CLK_LOCAL_MEM_FENCE);
          out[gid] = scan(tmp, once);
        }
        """;
    int[] x = numbers(40);
    // the last group has 8 items
    int[] got = KernelRun.of(source).ints(x).out(40).local(64).run(40, 16).intsOf(1);
    int[] want = x.clone();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 40; i++) {
        want[i] += i % 16 == 0 ? 0 : want[i - 1];
      }
    }
    assertArrayEquals(want, got);
  }

  @Test
  void barriersUnderConditionsThatAllShare() {
    String source =
        """
        kernel void k(global int *out, int mode) {
          local int lm[16];
          int lid = get_local_id(0), gid = get_global_id(0);
          lm[lid] = gid;
          if (mode == 1) {
            barrier(CLK_LOCAL_MEM_FENCE);
            out[gid] = lm[15 - lid];
          } else if (get_group_id(0) % 2 == 0) {
            for (int c = 0; c < mode; c++) {
              barrier(CLK_LOCAL_MEM_FENCE);
              int v = lm[(lid + 1) % 16];
              barrier(CLK_LOCAL_MEM_FENCE);
              lm[lid] = v;
            }
            out[gid] = lm[lid];
          } else {
            out[gid] = -gid;
          }
        }
        """;
    assertArrayEquals(
        IntStream.range(0, 32).map(i -> i / 16 * 16 + 15 - i % 16).toArray(),
        KernelRun.of(source).out(32).scalar(1).run(32, 16).intsOf(0));
    assertArrayEquals(
        IntStream.range(0, 32).map(i -> i < 16 ? (i + 5) % 16 : -i).toArray(),
        KernelRun.of(source).out(32).scalar(5).run(32, 16).intsOf(0));
  }

  /** The number of trips comes from local memory, so all share it, but no analysis can see that. */
  @Test
  void aLoopWhoseConditionIsReadFromLocalMemory() {
    String source =
        """
        kernel void k(global const int *x, global int *out) {
          local int active;
          local int values[16];
          int lid = get_local_id(0), gid = get_global_id(0);
          values[lid] = x[gid];
          int rounds = 0;
          do {
            barrier(CLK_LOCAL_MEM_FENCE);
            if (lid == 0) active = 0;
            barrier(CLK_LOCAL_MEM_FENCE);
            if (values[lid] > 10) {
              values[lid] /= 2;
              atomic_add(&active, 1);
            }
            rounds++;
            barrier(CLK_LOCAL_MEM_FENCE);
          } while (active > 0);
          out[gid] = values[lid] * 100 + rounds;
        }
        """;
    int[] x = Arrays.stream(numbers(32)).map(Math::abs).toArray();
    x[20] = 1_000_000;
    int[] got = KernelRun.of(source).ints(x).out(32).run(32, 16).intsOf(1);
    int[] want = new int[32];
    for (int g = 0; g < 2; g++) {
      int most = 0;
      for (int i = 16 * g; i < 16 * g + 16; i++) {
        int rounds = 0;
        int v = x[i];
        while (v > 10) {
          v /= 2;
          rounds++;
        }
        want[i] = v * 100;
        most = Math.max(most, rounds);
      }
      for (int i = 16 * g; i < 16 * g + 16; i++) {
        want[i] += most + 1;
      }
    }
    assertArrayEquals(want, got);
  }

  @Test
  void bitonicSortInLocalMemory() {
    String source =
        """
        kernel void sort(global int *x) {
          local int lm[32];
          int lid = get_local_id(0);
          lm[lid] = x[get_global_id(0)];
          barrier(CLK_LOCAL_MEM_FENCE);
          for (int size = 2; size <= 32; size *= 2) {
            for (int stride = size / 2; stride > 0; stride /= 2) {
              int other = lid ^ stride;
              if (other > lid) {
                int a = lm[lid], b = lm[other];
                if ((a > b) == ((lid & size) == 0)) { lm[lid] = b; lm[other] = a; }
              }
              barrier(CLK_LOCAL_MEM_FENCE);
            }
          }
          x[get_global_id(0)] = lm[lid];
        }
        """;
    int[] x = numbers(64);
    int[] want = x.clone();
    Arrays.sort(want, 0, 32);
    Arrays.sort(want, 32, 64);
    assertArrayEquals(want, KernelRun.of(source).ints(x).run(64, 32).intsOf(0));
  }

  @Test
  void tiledTransposeWithRemainders() {
    String source =
        """
        #define TILE 4
        kernel void transpose(global const int *in, global int *out, int w, int h) {
          local int tile[TILE][TILE + 1];
          int lx = get_local_id(0), ly = get_local_id(1);
          int x = get_global_id(0), y = get_global_id(1);
          if (x < w && y < h) tile[ly][lx] = in[y * w + x];
          barrier(CLK_LOCAL_MEM_FENCE);
          if (x < w && y < h) out[x * h + y] = tile[ly][lx];
        }
        """;
    int w = 10;
    int h = 7;
    int[] in = iota(w * h);
    int[] want = new int[w * h];
    IntStream.range(0, w * h).forEach(i -> want[i % w * h + i / w] = i);
    for (long[] global : new long[][] {{12, 8}, {10, 7}}) {
      int[] got =
          KernelRun.of(source)
              .ints(in)
              .out(w * h)
              .scalar(w)
              .scalar(h)
              .run(global, new long[] {4, 4})
              .intsOf(1);
      assertArrayEquals(want, got);
    }
  }

  @Test
  void switchWithBarriersOnAUniformValue() {
    String source =
        """
        kernel void k(global int *out, int steps) {
          local int lm[8];
          int lid = get_local_id(0);
          lm[lid] = lid;
          int r = 0;
          for (int s = 0; s < steps; s++) {
            switch (s % 3) {
              case 0:
                barrier(CLK_LOCAL_MEM_FENCE);
                r += lm[(lid + 1) % 8];
              case 1:
                barrier(CLK_LOCAL_MEM_FENCE);
                lm[lid] = r;
                break;
              default:
                r = -r;
            }
          }
          out[lid] = r;
        }
        """;
    int[] r = new int[8];
    int[] lm = iota(8);
    for (int s = 0; s < 8; s++) {
      int[] seen = lm.clone();
      for (int i = 0; i < 8; i++) {
        if (s % 3 == 0) {
          r[i] += seen[(i + 1) % 8];
        }
        if (s % 3 < 2) {
          lm[i] = r[i];
        } else {
          r[i] = -r[i];
        }
      }
    }
    assertArrayEquals(r, KernelRun.of(source).out(8).scalar(8).run(8, 8).intsOf(0));
  }

  @Test
  void aBarrierInADivergentArmIsAFaultAtItsLine() {
    String source =
        """
        kernel void k(global int *out) {
          int lid = get_local_id(0);
          if (lid < 3)
            barrier(CLK_LOCAL_MEM_FENCE);
          out[lid] = 1;
          barrier(CLK_GLOBAL_MEM_FENCE);
        }
        """;
    InterpResult result = KernelRun.of(source).out(8).launch(new long[] {8}, new long[] {8});
    assertEquals(1, result.faultCount());
    assertEquals(FaultKind.BARRIER, result.faults().getFirst().kind());
    assertEquals(4, result.faults().getFirst().op().span().line());
  }

  @Test
  void aMissingBarrierIsARaceWithBothLines() {
    String source =
        """
        kernel void k(global int *out) {
          local int lm[8];
          int lid = get_local_id(0);
          lm[lid] = lid;
          out[lid] = lm[7 - lid];
        }
        """;
    InterpResult result = KernelRun.of(source).out(8).launch(new long[] {8}, new long[] {8});
    InterpResult.Race race = result.races().getFirst();
    assertEquals(4, race.first().span().line());
    assertEquals(5, race.second().span().line());
    assertEquals("lm", race.root().name().replaceAll(".*\\.", ""));
  }
}
