package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.DeviceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work-groups on the device: ids, remainders, chunks, local memory and barriers. */
class WorkGroupTest {
  /** Stores every id and size, twelve longs for each work-item. */
  private static Function ids() {
    StringBuilder text =
        new StringBuilder(
            """
            kernel ids
              pointer out ulong 1 %0 buffer &out global 0
            {
              %1:i64 = query global_id 0
              %2:i64 = query global_id 1
              %3:i64 = query global_id 2
              %4:i64 = query global_size 0
              %5:i64 = query global_size 1
              %6:i64 = query global_offset 0
              %7:i64 = query global_offset 1
              %8:i64 = query global_offset 2
              %9:i64 = sub %1, %6
              %10:i64 = sub %2, %7
              %11:i64 = sub %3, %8
              %12:i64 = mul %11, %5
              %13:i64 = add %12, %10
              %14:i64 = mul %13, %4
              %15:i64 = add %14, %9
              %16:i64 = const 160
              %17:i64 = mul %15, %16
              %18:i64 = query work_dim 0
              %19:i64 = const 8
              store i64 &out[%17] align 8, %18
            """);
    int value = 20;
    String place = "%17";
    for (String query :
        List.of("global_id", "local_id", "group_id", "global_size", "local_size", "group_count")) {
      for (int d = 0; d < 3; d++) {
        text.append("  %%%d:i64 = add %s, %%19\n".formatted(value, place));
        place = "%" + value;
        text.append("  %%%d:i64 = query %s %d\n".formatted(value + 1, query, d));
        text.append("  store i64 &out[%s] align 8, %%%d\n".formatted(place, value + 1));
        value += 2;
      }
    }
    return Harness.parse(text.append("  return\n}\n").toString());
  }

  @ParameterizedTest
  @CsvSource({
    "100,1,1, 10,1,1",
    "101,1,1, 10,1,1",
    "7,1,1, 16,1,1",
    "13,7,1, 4,3,1",
    "12,8,1, 4,4,1",
    "5,6,7, 2,4,3",
    "1,1,1, 1,1,1",
    "9,9,9, 3,3,3",
    "3,1,11, 2,1,4"
  })
  void idsAreThoseOfTheWhole(long x, long y, long z, long lx, long ly, long lz) {
    Harness.Case test =
        new Harness.Case(
            ids(),
            new long[] {x, y, z},
            new long[] {1000, 0, 5},
            new long[] {lx, ly, lz},
            List.of(Harness.zeros((int) (x * y * z * 160))));
    Harness.agree(test);
  }

  @Test
  void chunksSeeTheIdsOfTheWholeWhereverTheyAreCut() {
    Function kernel = ids();
    Harness.Case test =
        new Harness.Case(
            kernel,
            new long[] {23, 5},
            new long[] {3, 4},
            new long[] {4, 2},
            List.of(Harness.zeros(23 * 5 * 160)));
    Harness.Outcome expected = Harness.interpret(test, CompileOptions.DEFAULT);
    try (var executable = Harness.device().compile(kernel, CompileOptions.DEFAULT)) {
      for (int d = 0; d < 2; d++) {
        for (long cut = 0; cut <= test.range().groups(d); cut++) {
          Harness.Outcome actual =
              Harness.run(Harness.device(), executable, test, cut(test, d, cut));
          Harness.assertSame(expected, actual, "cut of dimension " + d + " at " + cut);
        }
      }
    }
  }

  /** The whole range in two chunks. */
  private static List<Harness.Chunk> cut(Harness.Case test, int dimension, long at) {
    var range = test.range();
    long[] middleEnd = {range.groups(0), range.groups(1), range.groups(2)};
    long[] middleBegin = new long[3];
    long[] end = middleEnd.clone();
    middleEnd[dimension] = at;
    middleBegin[dimension] = at;
    return List.of(new Harness.Chunk(new long[3], middleEnd), new Harness.Chunk(middleBegin, end));
  }

  private static final String SCALE =
      """
      kernel scale
        scalar factor float %0
        pointer x float 1 %1 buffer &x global 1
        scalar half uchar %20
      {
        %2:i64 = query global_id 0
        %3:i64 = query global_id 1
        %4:i64 = const 37
        %5:i64 = mul %3, %4
        %6:i64 = add %5, %2
        %7:i64 = const 4
        %8:i64 = mul %6, %7
        %9:f32 = load f32 &x[%8] align 4
        %10:f32 = u2f %6
        %11:f32 = fma %9, %0, %10
        %12:f32 = u2f %20
        %13:f32 = fadd %11, %12
        store f32 &x[%8] align 4, %13
        return
      }
      """;

  @Test
  void aKernelThatCannotSeeGroupsIsCutAnywhere() {
    Function kernel = Harness.parse(SCALE);
    Harness.Case test =
        new Harness.Case(
            kernel,
            new long[] {37, 5},
            new long[2],
            new long[] {4, 1},
            List.of(
                new Harness.Scalar(Float.floatToRawIntBits(1.5f)),
                Harness.zeros(37 * 5 * 4),
                new Harness.Scalar(0xff)));
    Harness.Outcome expected = Harness.interpret(test, CompileOptions.DEFAULT);
    try (var executable = Harness.device().compile(kernel, CompileOptions.DEFAULT)) {
      List<Harness.Chunk> rows = new ArrayList<>();
      for (int d = 0; d < 2; d++) {
        for (long cut = 0; cut <= test.range().groups(d); cut++) {
          rows = cut(test, d, cut);
          Harness.assertSame(
              expected,
              Harness.run(Harness.device(), executable, test, rows),
              "cut of dimension " + d + " at " + cut);
        }
      }
    }
  }

  /** A tree sum in local memory: an array, a parameter, barriers in a loop. */
  private static final String TREE =
      """
      kernel tree
        pointer x int 1 readonly %0 buffer &x global 0
        pointer sums int 1 %1 buffer &sums global 1
        pointer lanes int 1 %2 local_parameter &lanes 2
        object array &extra local 20 4
      {
        %3:i64 = query global_id 0
        %4:i64 = query local_id 0
        %5:i64 = query group_id 0
        %6:i64 = const 4
        %7:i64 = mul %3, %6
        %8:i64 = mul %4, %6
        %9:i32 = load i32 &x[%7] align 4
        store i32 &lanes[%8] align 4, %9
        %10:i64 = const 8
        %11:i64 = const 1
        %12:i64 = const 0
        %40:i32 = const 5
        %41:i32 = atomic add i32 &extra[%6] align 4, %40
        loop 0 (%13:i64) = (%10) {
          barrier local
          %14:i1 = sgt %13, %12
          if %14 {
            yield
          } else {
            break 0
          }
          %15:i1 = slt %4, %13
          if %15 {
            %16:i64 = add %4, %13
            %17:i64 = mul %16, %6
            %18:i32 = load i32 &lanes[%17] align 4
            %19:i32 = load i32 &lanes[%8] align 4
            %20:i32 = add %18, %19
            store i32 &lanes[%8] align 4, %20
            yield
          } else {
            yield
          }
          %21:i64 = ashr %13, %11
          continue 0 %21
        }
        %22:i1 = eq %4, %12
        if %22 {
          %23:i32 = load i32 &lanes[%12] align 4
          %24:i32 = load i32 &extra[%6] align 4
          %25:i32 = load i32 &extra[%12] align 4
          %26:i32 = mul %24, %23
          %27:i32 = add %26, %25
          %28:i64 = mul %5, %6
          store i32 &sums[%28] align 4, %27
          yield
        } else {
          yield
        }
        return
      }
      """;

  @ParameterizedTest
  @CsvSource({"160, 16", "157, 16", "16, 16", "11, 16", "1600, 16"})
  void treesInLocalMemoryAddUp(int n, int local) {
    byte[] values = new byte[n * 4];
    new java.util.Random(n).nextBytes(values);
    Harness.agree(
        Harness.Case.of(
            Harness.parse(TREE),
            n,
            local,
            new Harness.Buffer(values),
            Harness.zeros(Math.ceilDiv(n, local) * 4),
            new Harness.Local(64)));
  }

  @Test
  void localMemoryStartsAsZeroInEveryGroup() {
    Harness.agree(
        Harness.Case.of(
            Harness.parse(
                """
                kernel zero
                  pointer out int 1 %0 buffer &out global 0
                  pointer extra int 1 %1 local_parameter &extra 1
                  object array &shared local 64 4
                {
                  %2:i64 = query global_id 0
                  %3:i64 = query local_id 0
                  %4:i64 = const 4
                  %5:i64 = mul %2, %4
                  %6:i64 = mul %3, %4
                  %7:i32 = load i32 &shared[%6] align 4
                  %8:i32 = load i32 &extra[%6] align 4
                  %9:i32 = trunc %2
                  store i32 &shared[%6] align 4, %9
                  store i32 &extra[%6] align 4, %9
                  %10:i32 = add %7, %8
                  store i32 &out[%5] align 4, %10
                  return
                }
                """),
            160,
            16,
            Harness.zeros(640),
            new Harness.Local(40)));
  }

  /** Work-items beyond a bound return; the others go on to barriers and loops. */
  private static final String EARLY =
      """
      kernel early
        scalar n int %0
        pointer out int 1 %1 buffer &out global 1
        object array &shared local 64 4
      {
        %2:i64 = query global_id 0
        %3:i64 = query local_id 0
        %4:i32 = trunc %2
        %5:i64 = const 4
        %6:i64 = mul %2, %5
        %7:i64 = mul %3, %5
        %8:i1 = sge %4, %0
        if %8 {
          return
        } else {
          yield
        }
        %9:i32 = const 1
        %10:i32 = const 0
        %11:i32 = const 3
        %20:i64 = const 0
        loop 0 (%12:i32) = (%10) {
          %13:i1 = slt %12, %11
          if %13 {
            yield
          } else {
            break 0
          }
          %14:i32 = atomic add i32 &shared[%20] align 4, %9
          barrier local
          %15:i32 = load i32 &shared[%20] align 4
          %16:i32 = add %15, %4
          barrier local
          %17:i32 = load i32 &out[%6] align 4
          %18:i32 = add %17, %16
          store i32 &out[%6] align 4, %18
          %19:i32 = add %12, %9
          continue 0 %19
        }
        return
      }
      """;

  @ParameterizedTest
  @CsvSource({"64", "60", "17", "16", "5", "0"})
  void workItemsThatReturnedDoNotHoldUpTheOthers(int n) {
    Harness.agree(
        Harness.Case.of(Harness.parse(EARLY), 64, 16, new Harness.Scalar(n), Harness.zeros(n * 4)));
  }

  @Test
  void earlyReturnsBeforeBarriersThatMayPartAreRefused() {
    String bound = "%11:i32 = load i32 &out[%20] align 4\n";
    String text =
        EARLY
            .replace("  %11:i32 = const 3\n", "")
            .replace("%20:i64 = const 0\n", "%20:i64 = const 0\n  " + bound);
    DeviceException refusal =
        assertThrows(
            DeviceException.class,
            () -> Harness.device().compile(Harness.parse(text), CompileOptions.DEFAULT));
    assertSame(DeviceException.Kind.COMPILE, refusal.kind());
  }
}
