package dev.heddle.compiler.interp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.interp.InterpResult.Fault;
import dev.heddle.compiler.interp.InterpResult.FaultKind;
import dev.heddle.compiler.interp.InterpResult.Item;
import dev.heddle.compiler.interp.InterpResult.Outcome;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrParser;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.verify.Verifier;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private static final Terminator RETURN = new Terminator.Return(List.of());

  private static InterpLaunch.Buffer ints(int... values) {
    ArrayMemory memory = new ArrayMemory(4 * values.length);
    for (int i = 0; i < values.length; i++) {
      memory.putInt(4L * i, values[i]);
    }
    return new InterpLaunch.Buffer(memory);
  }

  private static int[] content(InterpLaunch.Buffer buffer) {
    return IntStream.range(0, (int) buffer.memory().size() / 4)
        .map(i -> buffer.memory().getInt(4L * i))
        .toArray();
  }

  private static int[] expected(int count, IntUnaryOperator value) {
    return IntStream.range(0, count).map(value).toArray();
  }

  /** Runs a kernel of one buffer and gives back what it wrote, with nothing to report. */
  private static int[] run(int global, int local, int size, Consumer<KernelBuilder> body) {
    InterpLaunch.Buffer out = ints(new int[size]);
    InterpResult result =
        Interpreter.run(
            KernelBuilder.kernel(body),
            InterpLaunch.linear(global, local, out),
            InterpOptions.DEFAULT.detecting());
    assertTrue(result.clean(), result::toString);
    return content(out);
  }

  private static Function parse(String text) {
    Function kernel = IrParser.parse(text).functions().getFirst();
    Verifier.verify(kernel);
    return kernel;
  }

  // ---- control flow

  @Test
  void armsOfAnIfGiveTheirItemsTheirValues() {
    int[] got =
        run(
            20,
            8,
            20,
            k -> {
              Root x = k.buffer("x");
              Value gid = k.gid();
              k.when(
                  k.eq(k.rem(gid, 3), 0),
                  () -> k.store(x, gid, k.mul(gid, 10)),
                  () -> k.store(x, gid, k.mul(gid, -1)));
            });
    assertArrayEquals(expected(20, i -> i % 3 == 0 ? 10 * i : -i), got);
  }

  @Test
  void nestedIfsWithEarlyReturns() {
    int[] got =
        run(
            32,
            32,
            32,
            k -> {
              Root x = k.buffer("x");
              Value gid = k.gid();
              k.store(x, gid, k.i(-1));
              k.when(
                  k.lt(gid, 20),
                  () -> {
                    k.returnIf(k.lt(gid, 5));
                    k.when(
                        k.eq(k.rem(gid, 2), 0),
                        () -> k.returnIf(k.eq(gid, 10)),
                        () -> k.store(x, gid, k.i(1)));
                  });
              k.store(x, gid, k.add(k.load(x, gid), 100));
            });
    assertArrayEquals(
        expected(
            32,
            i -> {
              if (i < 5 || i == 10) {
                return -1;
              }
              return i < 20 && i % 2 == 1 ? 101 : 99;
            }),
        got);
  }

  /** Collatz steps: each item goes round a different number of times. */
  @Test
  void divergentLoopsGoRoundAsOftenAsEachItemWants() {
    Function kernel =
        parse(
            """
            kernel collatz
              pointer x int 1 %0 buffer &x global 0
            {
              %1:i64 = query global_id 0
              %2:i64 = const 4
              %3:i64 = mul %1, %2
              %4:i32 = trunc %1
              %5:i32 = const 1
              %6:i32 = add %4, %5
              %7:i32 = const 0
              %8:i32 = const 3
              %9:i32 = loop 0 (%10:i32, %11:i32) = (%6, %7) {
                %12:i1 = eq %10, %5
                if %12 {
                  break 0 %11
                } else {
                  yield
                }
                %13:i32 = and %10, %5
                %14:i1 = eq %13, %7
                %15:i32 = if %14 {
                  %16:i32 = lshr %10, %5
                  yield %16
                } else {
                  %17:i32 = mul %10, %8
                  %18:i32 = add %17, %5
                  yield %18
                }
                %19:i32 = add %11, %5
                continue 0 %15, %19
              }
              store i32 &x[%3] align 4, %9
              return
            }
            """);
    InterpLaunch.Buffer out = ints(new int[100]);
    assertTrue(
        Interpreter.run(kernel, InterpLaunch.linear(100, 64, out), InterpOptions.DEFAULT).clean());
    assertArrayEquals(
        expected(
            100,
            i -> {
              int steps = 0;
              for (int n = i + 1; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
                steps++;
              }
              return steps;
            }),
        content(out));
  }

  /** Loop parameters that swap, as in Fibonacci: they change all at once. */
  @Test
  void loopParametersAreHandedOverAllAtOnce() {
    Function kernel =
        parse(
            """
            kernel fibonacci
              pointer x int 1 %0 buffer &x global 0
            {
              %1:i64 = query global_id 0
              %2:i64 = const 4
              %3:i64 = mul %1, %2
              %4:i32 = trunc %1
              %5:i32 = const 0
              %6:i32 = const 1
              %7:i32, %8:i32 = loop 7 (%9:i32, %10:i32, %11:i32) = (%5, %6, %5) {
                %12:i1 = slt %11, %4
                if %12 {
                  yield
                } else {
                  break 7 %10, %9
                }
                %13:i32 = add %9, %10
                %14:i32 = add %11, %6
                continue 7 %10, %13, %14
              }
              store i32 &x[%3] align 4, %8
              return
            }
            """);
    InterpLaunch.Buffer out = ints(new int[20]);
    Interpreter.run(kernel, InterpLaunch.linear(20, 7, out), InterpOptions.DEFAULT);
    int[] fibonacci = new int[20];
    for (int i = 0; i < 20; i++) {
      fibonacci[i] = i < 2 ? i : fibonacci[i - 1] + fibonacci[i - 2];
    }
    assertArrayEquals(fibonacci, content(out));
  }

  /** The inner loop breaks out of the outer one, goes on with it, or returns. */
  @Test
  void innerLoopsLeaveOuterOnes() {
    int[] got =
        run(
            16,
            16,
            16,
            k -> {
              Root x = k.buffer("x");
              Value gid = k.gid();
              k.loop(
                  k.i(100),
                  (outer, outerLabel) -> {
                    k.loop(
                        k.i(10),
                        (inner, innerLabel) -> {
                          k.store(x, gid, k.add(k.load(x, gid), 1));
                          k.whenThen(
                              k.lt(gid, 4), () -> {}, new Terminator.Break(outerLabel, List.of()));
                          k.whenThen(
                              k.ir.compare(CompareOp.SLT, gid, outer),
                              () -> k.store(x, gid, k.add(k.load(x, gid), 1000)),
                              RETURN);
                          k.whenThen(
                              k.eq(inner, 2),
                              () -> {},
                              new Terminator.Break(innerLabel, List.of()));
                        });
                  });
              k.store(x, gid, k.add(k.load(x, gid), 5000));
            });
    assertArrayEquals(
        expected(
            16,
            i -> {
              int x = 0;
              for (int outer = 0; outer < 100; outer++) {
                for (int inner = 0; inner < 10; inner++) {
                  x++;
                  if (i < 4) {
                    return x + 5000;
                  }
                  if (i < outer) {
                    return x + 1000;
                  }
                  if (inner == 2) {
                    break;
                  }
                }
              }
              return x + 5000;
            }),
        got);
  }

  // ---- ids

  @Test
  void everyQueryInThreeDimensionsWithSmallerLastGroups() {
    QueryOp[] queries = QueryOp.values();
    long[] global = {5, 3, 4};
    long[] offset = {10, 20, 30};
    long[] local = {2, 2, 3};
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root x = k.buffer("x");
              // the place of the item in the NDRange
              Value[] place = new Value[3];
              for (int d = 0; d < 3; d++) {
                place[d] = k.add(k.query(QueryOp.GLOBAL_ID, d), -(int) offset[d]);
              }
              Value item = k.add(place[0], k.mul(k.add(place[1], k.mul(place[2], 3)), 5));
              for (int q = 0; q < queries.length; q++) {
                for (int d = 0; d < 3; d++) {
                  boolean hasDimension = queries[q] != QueryOp.WORK_DIM || d == 0;
                  Value answer = hasDimension ? k.query(queries[q], d) : k.i(0);
                  k.store(x, k.add(k.mul(item, 24), 3 * q + d), answer);
                }
              }
            });
    InterpLaunch.Buffer out = ints(new int[60 * 24]);
    InterpResult result =
        Interpreter.run(
            kernel,
            new InterpLaunch(3, global, offset, local, List.of(out), java.util.Optional.empty()),
            InterpOptions.DEFAULT.detecting());
    assertTrue(result.clean());
    int[] got = content(out);
    int item = 0;
    for (int z = 0; z < 4; z++) {
      for (int y = 0; y < 3; y++) {
        for (int x = 0; x < 5; x++) {
          int[] at = {x, y, z};
          for (int d = 0; d < 3; d++) {
            int group = at[d] / (int) local[d];
            int groups = (int) Math.ceilDiv(global[d], local[d]);
            int size = (int) Math.min(local[d], global[d] - group * local[d]);
            int[] want = {
              at[d] + (int) offset[d],
              at[d] % (int) local[d],
              group,
              (int) global[d],
              size,
              groups,
              (int) offset[d],
              d == 0 ? 3 : 0
            };
            for (int q = 0; q < queries.length; q++) {
              assertEquals(want[q], got[item * 24 + 3 * q + d], queries[q] + " " + d);
            }
          }
          item++;
        }
      }
    }
  }

  @Test
  void runsOnlyTheGroupsSelected() {
    Function kernel =
        KernelBuilder.kernel(k -> k.store(k.buffer("x"), k.gid(), k.add(k.group(), 1)));
    InterpLaunch.Buffer out = ints(new int[10]);
    Interpreter.run(kernel, InterpLaunch.linear(10, 4, out).only(2, 0), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {1, 1, 1, 1, 0, 0, 0, 0, 3, 3}, content(out));
  }

  // ---- barriers

  @Test
  void barriersInLoops() {
    int[] got =
        run(
            32,
            16,
            32,
            k -> {
              Root x = k.buffer("x");
              Root lm = k.local("lm", 16);
              Value lid = k.lid();
              k.store(lm, lid, lid);
              Value neighbour = k.rem(k.add(lid, 1), 16);
              k.loop(
                  k.i(5),
                  (c, label) -> {
                    k.barrier();
                    Value seen = k.load(lm, neighbour);
                    k.barrier();
                    k.store(lm, lid, seen);
                  });
              k.store(x, k.gid(), k.load(lm, lid));
            });
    assertArrayEquals(expected(32, i -> (i % 16 + 5) % 16), got);
  }

  /** Items that have returned do not count, wherever in the layout they do so. */
  @Test
  void barriersDoNotWaitForReturnedItems() {
    int[] got =
        run(
            16,
            16,
            16,
            k -> {
              Root x = k.buffer("x");
              Root lm = k.local("lm", 1);
              Value lid = k.lid();
              k.when(
                  k.lt(k.i(0), lid),
                  () -> {
                    k.barrier();
                    k.store(x, lid, k.load(lm, k.i(0)));
                  },
                  () -> k.store(lm, k.i(0), k.i(42)));
            });
    assertArrayEquals(expected(16, i -> i == 0 ? 0 : 42), got);
  }

  @Test
  void itemsThatLeaveALoopEarlyAndReturnDoNotCount() {
    int[] got =
        run(
            8,
            8,
            8,
            k -> {
              Root x = k.buffer("x");
              Value lid = k.lid();
              k.loop(
                  lid,
                  (c, label) -> {
                    k.barrier();
                    k.store(x, lid, k.add(c, 1));
                  });
            });
    assertArrayEquals(expected(8, i -> i), got);
  }

  private static InterpResult runForFaults(int items, Consumer<KernelBuilder> body) {
    return Interpreter.run(
        KernelBuilder.kernel(body),
        InterpLaunch.linear(items, items, ints(new int[64])),
        InterpOptions.DEFAULT);
  }

  private static void assertBarrierFault(Consumer<KernelBuilder> body) {
    InterpResult result = runForFaults(8, body);
    assertEquals(1, result.faultCount());
    Fault fault = result.faults().getFirst();
    assertEquals(FaultKind.BARRIER, fault.kind());
    assertTrue(fault.op() instanceof Op.Barrier);
    assertTrue(fault.site() >= 0);
  }

  @Test
  void aBarrierThatSomeMissIsAFault() {
    // half of them stand at another barrier
    assertBarrierFault(
        k -> {
          k.buffer("x");
          k.when(k.lt(k.lid(), 4), k::barrier);
          k.barrier();
        });
    // one barrier in each arm
    assertBarrierFault(
        k -> {
          k.buffer("x");
          k.when(k.lt(k.lid(), 4), k::barrier, k::barrier);
        });
    // one barrier, in different trips of its loop
    assertBarrierFault(
        k -> {
          k.buffer("x");
          Value lid = k.lid();
          k.loop(k.i(8), (c, label) -> k.when(k.lt(lid, c), k::barrier));
        });
    // more trips than others, who wait behind the loop
    assertBarrierFault(
        k -> {
          k.buffer("x");
          Value lid = k.lid();
          k.loop(lid, (c, label) -> k.barrier());
          k.barrier();
        });
  }

  // ---- faults

  @Test
  void accessesOutOfBoundsFaultAndTheItemGoesOn() {
    InterpLaunch.Buffer x = ints(7, 7, 7, 7);
    InterpLaunch.Buffer y = ints(1, 1, 1, 1, 1, 1, 1, 1);
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root a = k.buffer("x");
              Root b = k.buffer("y");
              Value gid = k.gid();
              Value seen = k.load(a, k.add(gid, -2));
              k.store(a, k.add(gid, 2), k.i(9));
              k.store(b, gid, seen);
            });
    InterpResult result =
        Interpreter.run(kernel, InterpLaunch.linear(8, 4, x, y), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {7, 7, 9, 9}, content(x));
    assertArrayEquals(new int[] {0, 0, 7, 7, 9, 9, 0, 0}, content(y));
    assertEquals(4 + 6, result.faultCount());
    Fault first = result.faults().getFirst();
    assertEquals(FaultKind.BOUNDS, first.kind());
    assertEquals(-8, first.offset());
    assertEquals(16, first.size());
    assertEquals(new Item(0, 0, 0), first.item());
    assertEquals(0, first.site());
    assertEquals(new FaultSites(kernel).sites().getFirst(), first.op());
    Fault store = result.faults().stream().filter(f -> f.site() == 1).findFirst().orElseThrow();
    assertEquals(new Item(2, 0, 0), store.item());
    assertEquals(16, store.offset());
  }

  @Test
  void hugeOffsetsDoNotWrapIntoRange() {
    String text =
        """
        kernel k
          pointer x int 1 %0 buffer &x global 0
        {
          %1:i64 = const OFFSET
          %2:i32 = load i32 x4 &x[%1] align 1
          return
        }
        """
            .replace("%2:i32", "%2:i32, %3:i32, %4:i32, %5:i32");
    for (long offset : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 15, Long.MIN_VALUE, -1, 1}) {
      Function kernel = parse(text.replace("OFFSET", Long.toString(offset)));
      InterpResult result =
          Interpreter.run(
              kernel, InterpLaunch.linear(1, 1, ints(1, 2, 3, 4)), InterpOptions.DEFAULT);
      assertEquals(1, result.faultCount(), "offset " + offset);
    }
  }

  @Test
  void misalignedAccessesFault() {
    Function kernel =
        parse(
            """
            kernel k
              pointer x int 1 %0 buffer &x global 0
            {
              %1:i64 = const 2
              %2:i32 = load i32 &x[%1] align 4
              %3:i32 = load i32 &x[%1] align 2
              store i32 &x[%0] align 4, %2
              %4:i64 = const 12
              store i32 &x[%4] align 4, %3
              return
            }
            """);
    InterpLaunch.Buffer x = ints(0x11112222, 0x33334444, 0, 0);
    InterpResult result =
        Interpreter.run(kernel, InterpLaunch.linear(1, 1, x), InterpOptions.DEFAULT);
    assertEquals(FaultKind.ALIGNMENT, result.faults().getFirst().kind());
    assertEquals(1, result.faultCount());
    assertArrayEquals(new int[] {0, 0x33334444, 0, 0x44441111}, content(x));
  }

  @Test
  void clampMovesToTheNearestPlaceAndRecordsNothing() {
    Consumer<KernelBuilder> body =
        k -> {
          Root a = k.buffer("x");
          Root b = k.buffer("y");
          Value gid = k.gid();
          k.store(b, gid, k.load(a, k.add(gid, -2)));
          k.store(a, k.add(gid, 100), gid);
        };
    InterpLaunch.Buffer x = ints(5, 6, 7, 8);
    InterpLaunch.Buffer y = ints(new int[8]);
    InterpOptions clamp = InterpOptions.DEFAULT.withBounds(Bounds.CLAMP);
    InterpResult result =
        Interpreter.run(KernelBuilder.kernel(body), InterpLaunch.linear(8, 8, x, y), clamp);
    assertTrue(result.clean());
    assertArrayEquals(new int[] {5, 5, 5, 6, 7, 8, 8, 8}, content(y));
    assertArrayEquals(new int[] {5, 6, 7, 7}, content(x));
    InterpLaunch.Buffer untouched = ints(1, 1);
    assertTrue(
        Interpreter.run(
                KernelBuilder.kernel(body),
                InterpLaunch.linear(2, 2, new InterpLaunch.Null(), untouched),
                clamp)
            .clean());
    assertArrayEquals(new int[] {0, 0}, content(untouched));
  }

  @Test
  void offStillTouchesNoOtherMemoryAndReports() {
    InterpResult result =
        Interpreter.run(
            KernelBuilder.kernel(k -> k.store(k.buffer("x"), k.add(k.gid(), -1), k.i(1))),
            InterpLaunch.linear(4, 4, ints(0, 0)),
            InterpOptions.DEFAULT.withBounds(Bounds.OFF));
    assertEquals(2, result.faultCount());
  }

  @Test
  void aWrongProofIsAFaultWithoutASite() {
    Function kernel =
        parse(
            """
            kernel k
              pointer x int 1 %0 buffer &x global 0
            {
              %1:i64 = const 64
              %2:i32 = load i32 &x[%1] align 4 proven
              return
            }
            """);
    for (Bounds bounds : Bounds.values()) {
      InterpResult result =
          Interpreter.run(
              kernel, InterpLaunch.linear(1, 1, ints(1)), InterpOptions.DEFAULT.withBounds(bounds));
      assertEquals(-1, result.faults().getFirst().site());
    }
  }

  @Test
  void divisionByZeroFaultsOnlyWhereItIsExecuted() {
    Consumer<KernelBuilder> body =
        k -> {
          Root x = k.buffer("x");
          Value gid = k.gid();
          k.when(k.lt(gid, 6), () -> k.store(x, gid, k.div(k.i(60), k.add(k.rem(gid, 3), 0))));
        };
    InterpLaunch.Buffer out = ints(new int[9]);
    InterpResult result =
        Interpreter.run(
            KernelBuilder.kernel(body), InterpLaunch.linear(9, 9, out), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {0, 60, 30, 0, 60, 30, 0, 0, 0}, content(out));
    assertEquals(2, result.faultCount());
    assertEquals(FaultKind.DIVISION, result.faults().getFirst().kind());
    assertEquals(new Item(3, 0, 0), result.faults().get(1).item());
  }

  @Test
  void faultsAreCountedBeyondThoseListed() {
    InterpResult result =
        Interpreter.run(
            KernelBuilder.kernel(k -> k.store(k.buffer("x"), k.gid(), k.i(1))),
            InterpLaunch.linear(1000, 100, ints()),
            InterpOptions.DEFAULT);
    assertEquals(1000, result.faultCount());
    assertEquals(InterpResult.MAX_REPORTS_PER_OP, result.faults().size());
  }

  // ---- memory

  @Test
  void arraysReadAsZeroInEveryGroup() {
    InterpLaunch.Buffer out = ints(new int[64]);
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root x = k.buffer("x");
              Root lm = k.local("lm", 16);
              Root pm = k.priv("pm", 2);
              Value gid = k.gid();
              k.store(x, gid, k.add(k.load(lm, k.lid()), k.load(pm, k.i(1))));
              k.store(lm, k.lid(), k.i(7));
              k.store(pm, k.i(1), k.i(8));
            });
    InterpResult result =
        Interpreter.run(kernel, InterpLaunch.linear(64, 16, out), InterpOptions.DEFAULT);
    assertTrue(result.clean());
    assertArrayEquals(new int[64], content(out));
    InterpResult detected =
        Interpreter.run(
            kernel, InterpLaunch.linear(64, 16, out), InterpOptions.DEFAULT.detecting());
    assertEquals(
        List.of("lm", "pm"),
        detected.uninitialisedReads().stream().map(read -> read.root().name()).distinct().toList());
    assertEquals(2 * InterpResult.MAX_REPORTS_PER_OP, detected.uninitialisedReads().size());
    assertEquals(4, detected.uninitialisedReads().get(16).offset());
  }

  @Test
  void aReadOfBytesPartlyWrittenIsUninitialised() {
    Consumer<KernelBuilder> body =
        k -> {
          Root x = k.buffer("x");
          Root pm = k.priv("pm", 1);
          for (int i = 0; i < 3; i++) {
            k.storeByte(pm, k.i(i), k.i(1));
          }
          k.store(x, k.gid(), k.load(pm, k.i(0)));
        };
    InterpResult result =
        Interpreter.run(
            KernelBuilder.kernel(body),
            InterpLaunch.linear(2, 2, ints(0, 0)),
            InterpOptions.DEFAULT.detecting());
    assertEquals(2, result.uninitialisedReads().size());
    assertEquals(new Item(1, 0, 0), result.uninitialisedReads().get(1).item());
  }

  @Test
  void localParametersTakeTheirSizeFromTheLaunch() {
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root lm = k.localParameter("lm");
              Root x = k.buffer("x");
              k.store(lm, k.lid(), k.gid());
              k.barrier();
              k.store(x, k.gid(), k.load(lm, k.add(k.mul(k.lid(), -1), 7)));
            });
    InterpLaunch.Buffer out = ints(new int[16]);
    InterpLaunch launch = InterpLaunch.linear(16, 8, new InterpLaunch.Local(32), out);
    assertTrue(Interpreter.run(kernel, launch, InterpOptions.DEFAULT.detecting()).clean());
    assertArrayEquals(expected(16, i -> i / 8 * 8 + 7 - i % 8), content(out));
    InterpLaunch small = InterpLaunch.linear(16, 8, new InterpLaunch.Local(28), out);
    assertEquals(
        FaultKind.BOUNDS,
        Interpreter.run(kernel, small, InterpOptions.DEFAULT).faults().getFirst().kind());
  }

  @Test
  void elementsOfEveryTypeAreLittleEndianAndKeepTheirBits() {
    Function kernel =
        parse(
            """
            kernel k
              pointer in uchar 1 %0 buffer &in global 0
              pointer out uchar 1 %1 buffer &out global 1
            {
              %2:i8 = load i8 &in[%0] align 1
              %3:i64 = const 1
              %4:i16 = load i16 &in[%3] align 1
              %5:i64 = const 3
              %6:f32 = load f32 &in[%5] align 1
              %7:i64 = const 7
              %8:f64 = load f64 &in[%7] align 1
              %9:i64 = const 15
              %10:f16, %11:f16 = load f16 x2 &in[%9] align 1
              %12:i64 = const 19
              %13:i1 = load i1 &in[%12] align 1
              store i8 &out[%0] align 1, %2
              store i16 &out[%3] align 1, %4
              store f32 &out[%5] align 1, %6
              store f64 &out[%7] align 1, %8
              store f16 x2 &out[%9] align 1, %10, %11
              store i1 &out[%12] align 1, %13
              return
            }
            """);
    byte[] bytes = new byte[20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0xF8 + i);
    }
    // signalling NaNs are only moved
    new ArrayMemory(bytes).putInt(3, 0x7F800001);
    new ArrayMemory(bytes).putLong(7, 0x7FF0000000000001L);
    byte[] copied = new byte[20];
    Interpreter.run(
        kernel,
        InterpLaunch.linear(
            1,
            1,
            new InterpLaunch.Buffer(new ArrayMemory(bytes)),
            new InterpLaunch.Buffer(new ArrayMemory(copied))),
        InterpOptions.DEFAULT);
    // a boolean is stored as 1
    bytes[19] = 1;
    assertArrayEquals(bytes, copied);
  }

  @Test
  void tablesAndRootSizes() {
    Function kernel =
        parse(
            """
            kernel k
              pointer x int 1 %0 buffer &x global 0
              pointer nothing int 1 %1 buffer &nothing global 1
              object table &t 4 "0a000000ffffffff"
            {
              %2:i64 = const 4
              %3:i32 = load i32 &t[%0] align 4
              %4:i32 = load i32 &t[%2] align 4
              store i32 x2 &x[%0] align 4, %3, %4
              %5:i64 = size &x
              %6:i64 = size &nothing
              %7:i64 = size &t
              %8:i32 = trunc %5
              %9:i32 = trunc %6
              %10:i32 = trunc %7
              %11:i64 = const 8
              store i32 x3 &x[%11] align 4, %8, %9, %10
              return
            }
            """);
    InterpLaunch.Buffer x = ints(new int[5]);
    Interpreter.run(
        kernel, InterpLaunch.linear(1, 1, x, new InterpLaunch.Null()), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {10, -1, 20, 0, 8}, content(x));
  }

  // ---- atomics

  @Test
  void atomicsAreDoneItemByItemInOrder() {
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root x = k.buffer("x");
              Root y = k.buffer("y");
              Value gid = k.gid();
              k.store(y, gid, k.atomic(AtomicOp.ADD, x, k.i(0), gid));
              k.atomic(AtomicOp.SMIN, x, k.i(1), k.mul(gid, -1));
              k.atomic(AtomicOp.UMAX, x, k.i(2), k.mul(gid, -1));
              k.atomic(AtomicOp.EXCHANGE, x, k.i(3), gid);
            });
    InterpLaunch.Buffer x = ints(100, 0, 0, 0);
    InterpLaunch.Buffer y = ints(new int[10]);
    assertTrue(
        Interpreter.run(kernel, InterpLaunch.linear(10, 4, x, y), InterpOptions.DEFAULT).clean());
    assertArrayEquals(new int[] {145, -9, -1, 9}, content(x));
    assertArrayEquals(expected(10, i -> 100 + i * (i - 1) / 2), content(y));
  }

  @Test
  void compareExchange() {
    Function kernel =
        parse(
            """
            kernel k
              pointer x int 1 %0 buffer &x global 0
            {
              %1:i64 = query global_id 0
              %2:i32 = trunc %1
              %3:i32 = const 1
              %4:i32 = add %2, %3
              %5:i32 = atomic compare_exchange i32 &x[%0] align 4, %2, %4
              return
            }
            """);
    InterpLaunch.Buffer x = ints(0);
    Interpreter.run(kernel, InterpLaunch.linear(50, 16, x), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {50}, content(x));
    InterpLaunch.Buffer other = ints(77);
    Interpreter.run(kernel, InterpLaunch.linear(50, 16, other), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {77}, content(other));
  }

  // ---- ends

  private static Function endless() {
    return KernelBuilder.kernel(
        k -> {
          k.buffer("x");
          k.loop(
              k.i(5),
              (c, label) ->
                  k.whenThen(
                      k.lt(c, 3), () -> {}, new Terminator.Continue(label, List.of(k.i(0)))));
        });
  }

  @Test
  void endlessLoopsAreGivenUp() {
    InterpLaunch launch = InterpLaunch.linear(4, 4, ints(0));
    InterpResult limited =
        Interpreter.run(endless(), launch, InterpOptions.DEFAULT.withLimit(1_000_000));
    assertEquals(Outcome.LIMIT_REACHED, limited.outcome());
    AtomicInteger polls = new AtomicInteger();
    InterpResult cancelled =
        Interpreter.run(
            endless(), launch, InterpOptions.DEFAULT.withCancel(() -> polls.incrementAndGet() > 3));
    assertEquals(Outcome.CANCELLED, cancelled.outcome());
    assertEquals(4, polls.get());
  }

  @Test
  void refusesWhatItCannotRun() {
    Function call = IrParser.parse("kernel k\n{\n  call f()\n  return\n}\n").functions().getFirst();
    Function builtin =
        IrParser.parse(
                "kernel k\n{\n  %0:f32 = const 1.0\n  %1:f32 = builtin exp %0\n  return\n}\n")
            .functions()
            .getFirst();
    for (Function kernel : List.of(call, builtin)) {
      InterpreterException error =
          assertThrows(
              InterpreterException.class,
              () -> Interpreter.run(kernel, InterpLaunch.linear(1, 1), InterpOptions.DEFAULT));
      assertTrue(error.getMessage().contains(kernel == call ? "call f()" : "builtin exp"));
    }
    Function one = KernelBuilder.kernel(k -> k.buffer("x"));
    assertThrows(
        InterpreterException.class,
        () -> Interpreter.run(one, InterpLaunch.linear(1, 1), InterpOptions.DEFAULT));
    assertThrows(
        InterpreterException.class,
        () ->
            Interpreter.run(
                one, InterpLaunch.linear(1, 1, new InterpLaunch.Scalar(1)), InterpOptions.DEFAULT));
  }

  @Test
  void scalarsAreCutToTheirType() {
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Value n = k.scalar("n");
              Root x = k.buffer("x");
              k.store(x, k.i(0), k.ir.binary(BinaryOp.LSHR, n, k.i(1)));
            });
    InterpLaunch.Buffer x = ints(0);
    Interpreter.run(
        kernel, InterpLaunch.linear(1, 1, new InterpLaunch.Scalar(-2), x), InterpOptions.DEFAULT);
    assertArrayEquals(new int[] {0x7FFFFFFF}, content(x));
  }
}
