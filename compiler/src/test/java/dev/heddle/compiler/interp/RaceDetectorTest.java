package dev.heddle.compiler.interp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.interp.InterpResult.Item;
import dev.heddle.compiler.interp.InterpResult.Race;
import dev.heddle.compiler.interp.InterpResult.RaceKind;
import dev.heddle.compiler.ir.AtomicOp;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each kernel with a race has a twin that differs by little and has none. */
class RaceDetectorTest {
  private static final int GLOBAL = 64;
  private static final int LOCAL = 16;

  private record Pair(String name, Consumer<KernelBuilder> racy, Consumer<KernelBuilder> fine) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair(
              "reads the neighbour that another item writes",
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.load(x, k.add(k.gid(), 1)));
              },
              k -> {
                Root x = k.buffer("x");
                Root y = k.buffer("y");
                k.store(y, k.gid(), k.load(x, k.add(k.gid(), 1)));
              }),
          new Pair(
              "all write one element",
              k -> k.store(k.buffer("x"), k.i(0), k.gid()),
              k -> k.store(k.buffer("x"), k.gid(), k.gid())),
          new Pair(
              "two items write one element",
              k -> k.store(k.buffer("x"), k.div(k.gid(), k.i(2)), k.gid()),
              k -> k.store(k.buffer("x"), k.mul(k.gid(), 2), k.gid())),
          new Pair(
              "two stores overlap across items",
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.i(1));
                k.store(x, k.add(k.gid(), 1), k.i(2));
              },
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.mul(k.gid(), 2), k.i(1));
                k.store(x, k.add(k.mul(k.gid(), 2), 1), k.i(2));
              }),
          new Pair(
              "a wide store reaches into the neighbour",
              k -> k.store4(k.buffer("x"), k.gid(), k.gid()),
              k -> k.store4(k.buffer("x"), k.mul(k.gid(), 4), k.gid())),
          new Pair(
              "local exchange without a barrier",
              k -> exchange(k, () -> {}),
              k -> exchange(k, k::barrier)),
          new Pair(
              "local exchange with a barrier that fences global memory alone",
              k -> exchange(k, () -> k.barrier(false, true)),
              k -> exchange(k, () -> k.barrier(true, true))),
          new Pair(
              "local exchange with a barrier that fences nothing",
              k -> exchange(k, () -> k.barrier(false, false)),
              k -> exchange(k, k::barrier)),
          new Pair(
              "global exchange in a group with a barrier that fences local memory alone",
              k -> globalExchange(k, 1, () -> k.barrier(true, false)),
              k -> globalExchange(k, 1, () -> k.barrier(false, true))),
          new Pair(
              "global exchange across groups, which no barrier orders",
              k -> globalExchange(k, LOCAL, () -> k.barrier(true, true)),
              k -> globalExchange(k, 1, () -> k.barrier(true, true))),
          new Pair(
              "tree reduction without a barrier between its levels",
              k -> reduction(k, false),
              k -> reduction(k, true)),
          new Pair(
              "overwrites what others still read", k -> rounds(k, false), k -> rounds(k, true)),
          new Pair(
              "plain read of a global counter that others add to",
              k -> {
                Root x = k.buffer("x");
                k.atomic(AtomicOp.ADD, x, k.i(0), k.i(1));
                k.store(k.buffer("y"), k.gid(), k.load(x, k.i(0)));
              },
              k -> {
                Value old = k.atomic(AtomicOp.ADD, k.buffer("x"), k.i(0), k.i(1));
                k.store(k.buffer("y"), k.gid(), old);
              }),
          new Pair(
              "plain read of a local counter before the barrier",
              k -> localCounter(k, k::barrier, () -> {}),
              k -> localCounter(k, k::barrier, k::barrier)),
          new Pair(
              "local counter cleared without a barrier",
              k -> localCounter(k, () -> {}, k::barrier),
              k -> localCounter(k, k::barrier, k::barrier)),
          new Pair(
              "counter of all groups read after the barrier of one",
              k -> groupCounter(k, k.i(0)),
              k -> groupCounter(k, k.group())),
          new Pair(
              "one item fills what all read",
              k -> broadcast(k, () -> {}),
              k -> broadcast(k, k::barrier)),
          new Pair(
              "two items write one byte",
              k -> k.storeByte(k.buffer("x"), k.div(k.gid(), k.i(2)), k.gid()),
              k -> k.storeByte(k.buffer("x"), k.gid(), k.gid())),
          new Pair(
              "a byte inside the neighbour's int",
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.i(7));
                k.storeByte(x, k.add(k.mul(k.gid(), 4), 5), k.i(1));
              },
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.i(7));
                k.storeByte(x, k.add(k.mul(k.gid(), 4), 1), k.i(1));
              }),
          new Pair(
              "a byte read inside the neighbour's int",
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.i(7));
                k.store(k.buffer("y"), k.gid(), k.loadByte(x, k.add(k.mul(k.gid(), 4), 7)));
              },
              k -> {
                Root x = k.buffer("x");
                k.store(x, k.gid(), k.i(7));
                k.store(k.buffer("y"), k.gid(), k.loadByte(x, k.add(k.mul(k.gid(), 4), 3)));
              }),
          new Pair(
              "one item writes what all read",
              k -> {
                Root x = k.buffer("x");
                k.when(k.eq(k.gid(), 40), () -> k.store(x, k.i(0), k.i(1)));
                k.store(k.buffer("y"), k.gid(), k.load(x, k.i(0)));
              },
              k -> {
                Root x = k.buffer("x");
                k.when(k.eq(k.gid(), 40), () -> k.store(x, k.i(1), k.i(1)));
                k.store(k.buffer("y"), k.gid(), k.load(x, k.i(0)));
              }),
          new Pair(
              "the arms of an if, which lock step runs one after the other",
              k -> arms(k, 8),
              k -> arms(k, 0)),
          new Pair(
              "windows of a loop overlap",
              k -> {
                Root x = k.buffer("x");
                Value gid = k.gid();
                k.loop(k.i(4), (c, label) -> k.store(x, k.add(gid, c), c));
              },
              k -> {
                Root x = k.buffer("x");
                Value base = k.mul(k.gid(), 4);
                k.loop(k.i(4), (c, label) -> k.store(x, k.add(base, c), c));
              }),
          new Pair(
              "indexed by the local id alone",
              k -> k.store(k.buffer("x"), k.lid(), k.gid()),
              k -> k.store(k.buffer("x"), k.gid(), k.gid())),
          new Pair(
              "all set a flag to the same value",
              k -> k.store(k.buffer("x"), k.i(0), k.i(1)),
              k -> {
                Root x = k.buffer("x");
                k.when(k.eq(k.gid(), 0), () -> k.store(x, k.i(0), k.i(1)));
              }),
          new Pair(
              "scratch memory that is local where private was meant",
              k -> scratch(k, k.local("s", 1)),
              k -> scratch(k, k.priv("s", 1))),
          new Pair(
              "stencil in place",
              k -> {
                Root x = k.buffer("x");
                Value sum = k.add(k.load(x, k.gid()), k.load(x, k.add(k.gid(), 2)));
                k.store(x, k.add(k.gid(), 1), sum);
              },
              k -> {
                Root x = k.buffer("x");
                Value sum = k.add(k.load(x, k.gid()), k.load(x, k.add(k.gid(), 2)));
                k.store(k.buffer("y"), k.add(k.gid(), 1), sum);
              }),
          new Pair(
              "reads what a returned item wrote",
              k -> returned(k, () -> {}),
              k -> returned(k, k::barrier)),
          new Pair(
              "a store that only some groups make",
              k -> {
                Root x = k.buffer("x");
                k.when(k.lt(k.group(), 2), () -> k.store(x, k.lid(), k.i(1)));
              },
              k -> {
                Root x = k.buffer("x");
                k.when(k.lt(k.group(), 1), () -> k.store(x, k.lid(), k.i(1)));
              }),
          new Pair(
              "atomics and a plain store to one element",
              k -> {
                Root x = k.buffer("x");
                k.when(
                    k.eq(k.gid(), 63),
                    () -> k.store(x, k.i(0), k.i(5)),
                    () -> k.atomic(AtomicOp.UMAX, x, k.i(0), k.gid()));
              },
              k -> {
                Root x = k.buffer("x");
                k.when(
                    k.eq(k.gid(), 63),
                    () -> k.atomic(AtomicOp.EXCHANGE, x, k.i(0), k.i(5)),
                    () -> k.atomic(AtomicOp.UMAX, x, k.i(0), k.gid()));
              }));

  private static void exchange(KernelBuilder k, Runnable barrier) {
    Root lm = k.local("lm", LOCAL);
    Root y = k.buffer("y");
    k.store(lm, k.lid(), k.gid());
    barrier.run();
    Value mirrored = k.add(k.mul(k.lid(), -1), LOCAL - 1);
    k.store(y, k.gid(), k.load(lm, mirrored));
  }

  private static void globalExchange(KernelBuilder k, int distance, Runnable barrier) {
    Root x = k.buffer("x");
    Root y = k.buffer("y");
    k.store(x, k.gid(), k.gid());
    barrier.run();
    Value group = k.mul(k.group(), LOCAL);
    Value other =
        distance < LOCAL
            ? k.add(group, k.rem(k.add(k.lid(), distance), LOCAL))
            : k.rem(k.add(k.gid(), distance), GLOBAL);
    k.store(y, k.gid(), k.load(x, other));
  }

  private static void reduction(KernelBuilder k, boolean barriers) {
    Root lm = k.local("lm", LOCAL);
    Root y = k.buffer("y");
    k.store(lm, k.lid(), k.gid());
    for (int stride = LOCAL / 2; stride > 0; stride /= 2) {
      if (barriers) {
        k.barrier();
      }
      int step = stride;
      k.when(
          k.lt(k.lid(), stride),
          () -> k.store(lm, k.lid(), k.add(k.load(lm, k.lid()), k.load(lm, k.add(k.lid(), step)))));
    }
    k.when(k.eq(k.lid(), 0), () -> k.store(y, k.group(), k.load(lm, k.i(0))));
  }

  private static void rounds(KernelBuilder k, boolean secondBarrier) {
    Root lm = k.local("lm", LOCAL);
    k.store(lm, k.lid(), k.gid());
    Value neighbour = k.rem(k.add(k.lid(), 1), LOCAL);
    Value lid = k.lid();
    k.loop(
        k.i(3),
        (c, label) -> {
          k.barrier();
          Value seen = k.load(lm, neighbour);
          if (secondBarrier) {
            k.barrier();
          }
          k.store(lm, lid, k.add(seen, 1));
        });
  }

  private static void localCounter(KernelBuilder k, Runnable afterClear, Runnable beforeRead) {
    Root lm = k.local("lm", 1);
    Root y = k.buffer("y");
    k.when(k.eq(k.lid(), 0), () -> k.store(lm, k.i(0), k.i(0)));
    afterClear.run();
    k.atomic(AtomicOp.ADD, lm, k.i(0), k.i(1));
    beforeRead.run();
    k.when(k.eq(k.lid(), 3), () -> k.store(y, k.group(), k.load(lm, k.i(0))));
  }

  private static void groupCounter(KernelBuilder k, Value cell) {
    Root x = k.buffer("x");
    Root y = k.buffer("y");
    k.atomic(AtomicOp.ADD, x, cell, k.i(1));
    k.barrier(false, true);
    k.when(k.eq(k.lid(), 3), () -> k.store(y, k.group(), k.load(x, cell)));
  }

  private static void broadcast(KernelBuilder k, Runnable barrier) {
    Root lm = k.local("lm", 1);
    Root y = k.buffer("y");
    k.when(k.eq(k.lid(), 0), () -> k.store(lm, k.i(0), k.group()));
    barrier.run();
    k.store(y, k.gid(), k.load(lm, k.i(0)));
  }

  private static void arms(KernelBuilder k, int distance) {
    Root lm = k.local("lm", 2 * LOCAL);
    Root y = k.buffer("y");
    Value lid = k.lid();
    k.when(
        k.lt(lid, 8),
        () -> k.store(lm, lid, k.i(1)),
        () -> k.store(y, k.gid(), k.load(lm, k.add(lid, -distance))));
  }

  private static void scratch(KernelBuilder k, Root s) {
    Root y = k.buffer("y");
    k.store(s, k.i(0), k.gid());
    k.store(y, k.gid(), k.load(s, k.i(0)));
  }

  private static void returned(KernelBuilder k, Runnable barrier) {
    Root lm = k.local("lm", LOCAL);
    Root y = k.buffer("y");
    k.store(lm, k.lid(), k.gid());
    k.returnIf(k.lt(k.i(7), k.lid()));
    barrier.run();
    k.store(y, k.gid(), k.load(lm, k.add(k.lid(), 8)));
  }

  @TestFactory
  Stream<DynamicTest> findsTheRaces() {
    return PAIRS.stream()
        .map(pair -> DynamicTest.dynamicTest(pair.name(), () -> assertRacy(pair.racy())));
  }

  @TestFactory
  Stream<DynamicTest> leavesTheTwinsAlone() {
    return PAIRS.stream()
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    "not: " + pair.name(), () -> assertEquals(List.of(), races(pair.fine()))));
  }

  private static void assertRacy(Consumer<KernelBuilder> body) {
    List<Race> races = races(body);
    assertFalse(races.isEmpty());
    for (Race race : races) {
      assertNotEquals(race.firstItem(), race.secondItem());
      assertTrue(race.second().span().line() > 0);
    }
  }

  private static List<Race> races(Consumer<KernelBuilder> body) {
    Function kernel = KernelBuilder.kernel(body);
    InterpLaunch.Argument[] arguments =
        kernel.parameters().stream()
            .map(parameter -> new InterpLaunch.Buffer(new ArrayMemory(4 * 300)))
            .toArray(InterpLaunch.Argument[]::new);
    InterpResult result =
        Interpreter.run(
            kernel,
            InterpLaunch.linear(GLOBAL, LOCAL, arguments),
            InterpOptions.DEFAULT.detecting());
    assertEquals(0, result.faultCount());
    return result.races();
  }

  @Test
  void atLeastTwentyPairs() {
    assertTrue(PAIRS.size() >= 20);
  }

  @Test
  void argumentsThatAliasAreOneMemory() {
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root a = k.buffer("a");
              Root b = k.buffer("b");
              k.store(a, k.gid(), k.load(b, k.add(k.gid(), 1)));
            });
    var one = new InterpLaunch.Buffer(new ArrayMemory(4 * 65));
    var two = new InterpLaunch.Buffer(new ArrayMemory(4 * 65));
    InterpOptions options = InterpOptions.DEFAULT.detecting();
    assertEquals(
        List.of(), Interpreter.run(kernel, InterpLaunch.linear(64, 16, one, two), options).races());
    assertFalse(
        Interpreter.run(kernel, InterpLaunch.linear(64, 16, one, one), options).races().isEmpty());
  }

  @Test
  void namesBothItemsAndOps() {
    Function kernel =
        KernelBuilder.kernel(
            k -> {
              Root x = k.buffer("x");
              k.when(k.eq(k.gid(), 5), () -> k.store(x, k.i(9), k.i(1)));
              k.when(k.eq(k.gid(), 50), () -> k.store(k.buffer("y"), k.i(0), k.load(x, k.i(9))));
            });
    var x = new InterpLaunch.Buffer(new ArrayMemory(64));
    var y = new InterpLaunch.Buffer(new ArrayMemory(64));
    InterpResult result =
        Interpreter.run(
            kernel, InterpLaunch.linear(64, 16, x, y), InterpOptions.DEFAULT.detecting());
    Race race = result.races().getFirst();
    assertEquals(RaceKind.WRITE_READ, race.kind());
    assertEquals(new Item(5, 0, 0), race.firstItem());
    assertEquals(new Item(50, 0, 0), race.secondItem());
    assertEquals(36, race.offset());
    assertEquals("x", race.root().name());
    assertEquals(1, race.first().span().line());
    assertEquals(3, race.second().span().line());
    assertEquals(1, result.races().size());
  }
}
