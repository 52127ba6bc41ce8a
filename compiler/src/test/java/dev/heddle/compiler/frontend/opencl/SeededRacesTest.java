package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The race detector of the interpreter on a hundred kernels with a race that was put there, and on
 * a twin of each that has none: shapes that real kernels get wrong, at random distances.
 */
class SeededRacesTest {
  private static final int SEEDS = 100;
  private static final int ITEMS = 64;
  private static final int LOCAL = 16;

  /** The bodies of a kernel with a race and of its twin. */
  private record Twins(String name, String racy, String fine) {}

  private static Twins twins(int shape, Random random) {
    int k = 1 + random.nextInt(LOCAL - 1);
    int stride = 2 + random.nextInt(5);
    int width = new int[] {2, 3, 4, 8, 16}[random.nextInt(5)];
    int item = random.nextInt(ITEMS);
    int other = (item + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
    int even = 2 * (1 + random.nextInt(20));
    String exchange = "t[l] = i;%s x[i] = t[(l + " + k + ") %% " + LOCAL + "];";
    String tree =
        "t[l] = i; barrier(1); for (int s = 8; s > 0; s >>= 1) { if (l < s) t[l] += t[l + s];%s }"
            + " if (l == 0) x[g] = t[0];";
    String first = "int s = %d; x[i * s] = 1; x[i * s + %d] = 2;";
    String pair = "if (i == %d) x[7] = 1; if (i == %d) x[200] = x[7];";
    String bytes = "vstore%d((uchar%d)(1), 0, (__global uchar *)x + i * %d);";
    return switch (shape) {
      case 0 ->
          new Twins(
              "stores a stride apart",
              first.formatted(stride, stride),
              first.formatted(stride, 1 + random.nextInt(stride - 1)));
      case 1 ->
          new Twins(
              "an element for several items",
              "x[i / %d] = i;".formatted(stride),
              "x[i * %d] = i;".formatted(stride));
      case 2 ->
          new Twins(
              "an exchange without its barrier",
              exchange.formatted(""),
              exchange.formatted(" barrier(CLK_LOCAL_MEM_FENCE);"));
      case 3 ->
          new Twins(
              "vectors that overlap by a byte",
              bytes.formatted(width, width, width - 1),
              bytes.formatted(width, width, width));
      case 4 ->
          new Twins(
              "in place from a neighbour",
              "x[i] = x[i + %d] + 1;".formatted(k),
              "x[i] = x[i + %d] + 1;".formatted(ITEMS + k));
      case 5 ->
          new Twins(
              "a tree without its barriers", tree.formatted(""), tree.formatted(" barrier(1);"));
      case 6 ->
          new Twins(
              "a sum without atomics",
              "x[%d] += i;".formatted(k),
              "atomic_add(&x[%d], i);".formatted(k));
      case 7 ->
          new Twins(
              "a permutation that is none",
              "x[i * %d %% %d] = i;".formatted(even, ITEMS),
              "x[i * %d %% %d] = i;".formatted(even + 1, ITEMS));
      case 8 ->
          new Twins(
              "groups on one place",
              "x[l + %d] = g;".formatted(k),
              "x[l + %d * g] = g;".formatted(LOCAL + k));
      default ->
          new Twins(
              "one item reads what one other writes",
              pair.formatted(item, other),
              pair.formatted(item, item));
    };
  }

  private static InterpResult run(String body) {
    String source =
        "__kernel void k(__global int *x) { __local int t[%d]; int i = get_global_id(0);"
                .formatted(LOCAL)
            + " int l = get_local_id(0), g = get_group_id(0); "
            + body
            + " }";
    return KernelRunner.of(source)
        .launch(
            new long[] {ITEMS},
            new long[] {LOCAL},
            InterpOptions.DEFAULT.detecting(),
            new int[512]);
  }

  @TestFactory
  Stream<DynamicTest> racesAreFoundAndTwinsAreClean() {
    return Stream.iterate(0, seed -> seed + 1)
        .limit(SEEDS)
        .map(
            seed -> {
              Twins twins = twins(seed % 10, new Random(seed));
              return DynamicTest.dynamicTest(
                  seed + " " + twins.name(),
                  () -> {
                    assertFalse(run(twins.racy()).races().isEmpty(), twins.racy());
                    InterpResult fine = run(twins.fine());
                    assertEquals(0, fine.faultCount(), twins.fine());
                    assertEquals(0, fine.races().size(), twins.fine());
                  });
            });
  }
}
