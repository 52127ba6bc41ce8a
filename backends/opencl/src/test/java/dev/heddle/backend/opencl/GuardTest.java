package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.analysis.Guards;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.support.StatusLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What accesses out of bounds, misaligned accesses and divisions by zero do on the device. */
class GuardTest {
  private static CompileOptions options(BoundsMode mode) {
    return new CompileOptions(MathMode.REPRODUCIBLE, mode);
  }

  /** Loads four values around any byte offset of every kind of memory and stores their sum. */
  private static final String HOSTILE =
      """
      kernel hostile
        pointer offsets long 1 readonly %0 buffer &offsets global 0
        pointer data short 1 %1 buffer &data global 1
        pointer out int 1 %2 buffer &out global 2
        object array &private private 40 8
        object table &table 8 "0102030405060708090a0b0c0d0e0f10"
      {
        %3:i64 = query global_id 0
        %4:i64 = const 8
        %5:i64 = mul %3, %4
        %6:i64 = load i64 &offsets[%5] align 8
        %7:i32 = const 77
        store i32 &private[%6] align 4, %7
        %8:i16, %9:i16, %10:i16 = load i16 x3 &data[%6] align 2
        %11:i8 = load i8 &private[%6] align 1
        %12:i32 = load i32 &table[%6] align 4
        %13:i32 = load i32 &private[%6] align 1
        %14:i16 = load i16 &data[%6] align 1
        %15:i64 = const 4
        %16:i64 = mul %3, %15
        %17:i32 = zext %8
        %18:i32 = zext %10
        %19:i32 = zext %11
        %20:i32 = zext %14
        %21:i32 = add %17, %18
        %22:i32 = add %21, %19
        %23:i32 = add %22, %12
        %24:i32 = add %23, %13
        %25:i32 = add %24, %20
        store i32 &out[%16] align 4, %25
        return
      }
      """;

  private static byte[] longs(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return bytes.array();
  }

  private static byte[] random(int bytes) {
    byte[] content = new byte[bytes];
    new Random(7).nextBytes(content);
    return content;
  }

  @ParameterizedTest
  @EnumSource(
      value = BoundsMode.class,
      names = {"TRAP", "CLAMP"})
  void hostileOffsetsDoNoHarm(BoundsMode mode) {
    Random random = new Random(3);
    long[] offsets =
        random.longs(5000).map(bits -> (bits & 3) == 0 ? bits : (bits >> 3) % 64).toArray();
    offsets[0] = Long.MIN_VALUE;
    offsets[1] = Long.MAX_VALUE;
    offsets[2] = -1;
    Function kernel = Harness.parse(HOSTILE);
    Harness.agree(
        Harness.Case.of(
            kernel,
            offsets.length,
            100,
            new Harness.Buffer(longs(offsets)),
            new Harness.Buffer(random(50)),
            Harness.zeros(offsets.length * 4)),
        options(mode));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5})
  void smallBuffersAreGuardedInEveryMode(int bytes) {
    long[] offsets = {-1, 0, 1, 2, 3, 4, 5, 6, 1L << 40};
    Function kernel = Harness.parse(HOSTILE);
    for (BoundsMode mode : List.of(BoundsMode.TRAP, BoundsMode.CLAMP)) {
      Harness.agree(
          Harness.Case.of(
              kernel,
              offsets.length,
              3,
              new Harness.Buffer(longs(offsets)),
              new Harness.Buffer(random(bytes)),
              Harness.zeros(offsets.length * 4)),
          options(mode));
    }
  }

  @Test
  void aNullBufferIsEmpty() {
    long[] offsets = {0, 8, -8};
    Harness.agree(
        Harness.Case.of(
            Harness.parse(HOSTILE),
            offsets.length,
            3,
            new Harness.Buffer(longs(offsets)),
            new Harness.Null(),
            Harness.zeros(offsets.length * 4)));
  }

  private static final String STORE =
      """
      kernel beyond
        pointer out int 1 %0 buffer &out global 0
      {
        %1:i64 = query global_id 0
        %2:i64 = const 4
        %3:i64 = mul %1, %2
        %4:i32 = trunc %1
        store i32 &out[%3] align 4, %4
        return
      }
      """;

  @Test
  void aFaultNamesSiteOffsetSizeAndWorkItem() {
    Harness.Case test = Harness.Case.of(Harness.parse(STORE), 12, 12, Harness.zeros(40));
    Harness.Outcome outcome = Harness.run(Harness.device(), test, CompileOptions.DEFAULT);
    assertEquals(
        List.of(new Fault(0, 40, 40, 10, 0, 0), new Fault(0, 44, 40, 11, 0, 0)), outcome.faults());
  }

  @Test
  void onlySoManyFaultsAreRecorded() {
    Harness.Case test = Harness.Case.of(Harness.parse(STORE), 100_000, 64, Harness.zeros(40));
    Harness.Outcome outcome = Harness.run(Harness.device(), test, CompileOptions.DEFAULT);
    int most = StatusLayout.MAX_RECORDS + StatusLayout.MAX_LOWEST_RECORDS;
    assertTrue(outcome.faults().size() >= StatusLayout.MAX_RECORDS);
    assertTrue(outcome.faults().size() <= most);
    assertEquals(10, outcome.faults().getFirst().x(), "the lowest is among them");
    outcome.faults().forEach(fault -> assertEquals(4 * fault.x(), fault.offset()));
    assertTrue(outcome.faults().getFirst().x() < outcome.faults().getLast().x());
  }

  @Test
  void divisionByZeroIsAFaultInEveryMode() {
    Function kernel =
        Harness.parse(
            """
            kernel divide
              pointer out int 1 %0 buffer &out global 0
            {
              %1:i64 = query global_id 0
              %2:i64 = const 4
              %3:i64 = mul %1, %2
              %4:i32 = trunc %1
              %5:i32 = const 17
              %6:i32 = sub %4, %5
              %7:i32 = const 1000
              %8:i32 = sdiv %7, %6
              %9:i32 = urem %8, %4
              store i32 &out[%3] align 4, %9
              return
            }
            """);
    for (BoundsMode mode : BoundsMode.values()) {
      Harness.agree(Harness.Case.of(kernel, 50, 50, Harness.zeros(200)), options(mode));
    }
  }

  @Test
  void provenAccessesAreNotChecked() {
    Function proven = Guards.none(Harness.parse(STORE));
    PrintedKernel printed = KernelPrinter.print(proven, CompileOptions.DEFAULT, Dialect.FULL);
    assertFalse(printed.usesStatus());
    assertFalse(printed.source().contains("limit"));
    Harness.agree(Harness.Case.of(proven, 10, 5, Harness.zeros(40)));
  }
}
