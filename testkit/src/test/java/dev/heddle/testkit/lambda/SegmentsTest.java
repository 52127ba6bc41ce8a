package dev.heddle.testkit.lambda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Offload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lambdas over memory segments, on and off the heap, aligned to cache lines and not. */
class SegmentsTest {
  private static final int N = 333;

  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  static Stream<Offload> devices() {
    return session.devices().stream()
        .map(DeviceInfo::id)
        .map(id -> session.with(LambdaOptions.of(RunOptions.DEFAULT.on(id))));
  }

  @ParameterizedTest
  @MethodSource("devices")
  void elementsOfEveryKindOfSegment(Offload on) {
    try (Arena shared = Arena.ofShared();
        Arena confined = Arena.ofConfined()) {
      List<MemorySegment> segments =
          List.of(
              shared.allocate(4L * N, 64),
              shared.allocate(4L * N + 64, 64).asSlice(4, 4L * N),
              confined.allocate(4L * N, 64),
              MemorySegment.ofArray(new float[N]),
              MemorySegment.ofArray(new int[N]));
      for (MemorySegment segment : segments) {
        for (int i = 0; i < N; i++) {
          segment.setAtIndex(JAVA_FLOAT, i, i);
        }
        float factor = 1.5f;
        on.parallelFor(
            N,
            i -> {
              float value = segment.getAtIndex(JAVA_FLOAT, i);
              segment.set(JAVA_FLOAT, 4L * i, value * factor + segment.byteSize());
            });
        for (int i = 0; i < N; i++) {
          assertEquals(i * factor + 4 * N, segment.getAtIndex(JAVA_FLOAT, i));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void layoutsMix(Offload on) {
    MemorySegment in = MemorySegment.ofArray(new byte[8 * N]);
    for (int i = 0; i < 8 * N; i++) {
      in.set(JAVA_BYTE, i, (byte) (i * 37));
    }
    MemorySegment out = Arena.ofAuto().allocate(32L * N, 64);
    on.parallelFor(
        N - 1,
        i -> {
          out.set(JAVA_INT, 32L * i, in.get(JAVA_INT_UNALIGNED, i + 1L));
          out.set(JAVA_SHORT, 32L * i + 4, in.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i));
          out.set(JAVA_BYTE, 32L * i + 6, in.get(JAVA_BYTE, i));
          out.set(JAVA_DOUBLE, 32L * i + 8, in.get(JAVA_BYTE, i) / 3.0);
        });
    for (int i = 0; i < N - 1; i++) {
      assertEquals(in.get(JAVA_INT_UNALIGNED, i + 1L), out.get(JAVA_INT, 32L * i));
      assertEquals(
          in.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * i), out.get(JAVA_SHORT, 32L * i + 4));
      assertEquals(in.get(JAVA_BYTE, i), out.get(JAVA_BYTE, 32L * i + 6));
      assertEquals(in.get(JAVA_BYTE, i) / 3.0, out.get(JAVA_DOUBLE, 32L * i + 8));
    }
  }

  @ParameterizedTest
  @MethodSource("devices")
  void outOfBoundsIsAnException(Offload on) {
    MemorySegment out = Arena.ofAuto().allocate(4L * N, 64);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> on.parallelFor(N + 1, i -> out.setAtIndex(JAVA_INT, i, i)));
    for (int i = 0; i < N; i++) {
      assertEquals(0, out.getAtIndex(JAVA_INT, i));
    }
  }

  @Test
  void whatCanNotBeIsSaid() {
    MemorySegment whole = Arena.ofAuto().allocate(256, 64);
    MemorySegment first = whole.asSlice(0, 128);
    MemorySegment later = whole.asSlice(64, 128);
    RunException overlap =
        assertThrows(
            RunException.class,
            () -> session.parallelFor(8, i -> first.set(JAVA_BYTE, i, later.get(JAVA_BYTE, i))));
    assertTrue(overlap.getMessage().contains("twice"), overlap.getMessage());
    MemorySegment readOnly = whole.asReadOnly();
    RunException writes =
        assertThrows(
            RunException.class,
            () -> session.parallelFor(8, i -> readOnly.set(JAVA_BYTE, i, (byte) 1)));
    assertTrue(writes.getMessage().contains("read-only"), writes.getMessage());
    Arena arena = Arena.ofShared();
    MemorySegment closed = arena.allocate(256, 64);
    arena.close();
    assertThrows(
        RunException.class, () -> session.parallelFor(8, i -> closed.set(JAVA_BYTE, i, (byte) 1)));
    ValueLayout.OfInt own = JAVA_INT.withName("own");
    LiftException layout =
        assertThrows(
            LiftException.class, () -> session.parallelFor(8, i -> whole.setAtIndex(own, i, 1)));
    assertTrue(layout.getMessage().contains("layout"), layout.getMessage());
  }
}
