package dev.heddle.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.heddle.backend.cpu.run.TierMode;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.Bounds;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.IrPrinter;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.CompileOptions.MathMode;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.Event.Completion;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs cases on a CPU device, and compares bits and faults with the interpreter's. */
final class CaseRunner implements AutoCloseable {
  private final CpuDevice device;

  CaseRunner(TierMode mode, int threads) {
    device = new CpuDevice(threads, mode);
  }

  /** What comes out: the buffers' bytes, and the faults of each site. */
  record Outcome(List<byte[]> buffers, Map<Integer, List<Fault>> faults) {}

  Completion check(KernelCase test) {
    return check(test, BoundsMode.TRAP);
  }

  Completion check(KernelCase test, BoundsMode bounds) {
    Outcome expected = interpret(test, bounds);
    Set<Integer> arrays = JavaArrays.fitting(test.kernel());
    if (!arrays.isEmpty()) {
      check(test, expected, bounds, arrays);
    }
    return check(test, expected, bounds, Set.of());
  }

  private Completion check(
      KernelCase test, Outcome expected, BoundsMode bounds, Set<Integer> arrays) {
    List<byte[]> buffers = new ArrayList<>();
    Completion completion = launch(test, bounds, arrays, buffers);
    for (int i = 0; i < buffers.size(); i++) {
      compare(test, i, expected.buffers().get(i), buffers.get(i));
    }
    compareFaults(test, expected.faults(), completion.faults());
    return completion;
  }

  /** One fault of each faulting site, which is among those that the interpreter lists. */
  private static void compareFaults(
      KernelCase test, Map<Integer, List<Fault>> expected, List<Fault> actual) {
    Set<Integer> sites = new TreeSet<>();
    for (Fault fault : actual) {
      sites.add(fault.site());
      List<Fault> known = expected.getOrDefault(fault.site(), List.of());
      if (known.size() < InterpResult.MAX_REPORTS_PER_OP && !known.contains(fault)) {
        fail(
            test + ": " + fault + " is not among " + known + "\n" + IrPrinter.print(test.kernel()));
      }
    }
    assertEquals(expected.keySet(), sites, () -> test + "\n" + IrPrinter.print(test.kernel()));
  }

  private static void compare(KernelCase test, int buffer, byte[] expected, byte[] actual) {
    int at = Arrays.mismatch(expected, actual);
    if (at < 0) {
      return;
    }
    int word = at & -8;
    int end = Math.min(expected.length, word + 8);
    HexFormat hex = HexFormat.of();
    fail(
        "%s: buffer %d, byte %d: expected %s, got %s\n%s"
            .formatted(
                test,
                buffer,
                at,
                hex.formatHex(expected, word, end),
                hex.formatHex(actual, word, end),
                IrPrinter.print(test.kernel())));
  }

  static Outcome interpret(KernelCase test, BoundsMode bounds) {
    List<byte[]> buffers = new ArrayList<>();
    List<InterpLaunch.Argument> arguments = new ArrayList<>();
    for (KernelCase.Argument argument : test.arguments()) {
      arguments.add(
          switch (argument) {
            case KernelCase.Buffer buffer -> {
              byte[] copy = buffer.content().clone();
              buffers.add(copy);
              yield new InterpLaunch.Buffer(new ArrayMemory(copy));
            }
            case KernelCase.Scalar scalar -> new InterpLaunch.Scalar(scalar.bits());
            case KernelCase.Local local -> new InterpLaunch.Local(local.bytes());
            case KernelCase.Null nothing -> new InterpLaunch.Null();
          });
    }
    InterpLaunch launch =
        InterpLaunch.of(
            test.global(), test.local(), arguments.toArray(InterpLaunch.Argument[]::new));
    Bounds mode = bounds == BoundsMode.CLAMP ? Bounds.CLAMP : Bounds.TRAP;
    InterpResult result =
        Interpreter.run(test.kernel(), launch, InterpOptions.DEFAULT.withBounds(mode));
    Map<Integer, List<Fault>> faults = new TreeMap<>();
    for (InterpResult.Fault fault : result.faults()) {
      InterpResult.Item item = fault.item();
      faults
          .computeIfAbsent(fault.site(), site -> new ArrayList<>())
          .add(new Fault(fault.site(), fault.offset(), fault.size(), item.x(), item.y(), item.z()));
    }
    return new Outcome(buffers, faults);
  }

  /**
   * @param arrays which of the buffers are Java arrays
   */
  private Completion launch(
      KernelCase test, BoundsMode bounds, Set<Integer> arrays, List<byte[]> results) {
    CompileOptions options = new CompileOptions(MathMode.REPRODUCIBLE, bounds).withArrays(arrays);
    try (Arena arena = Arena.ofShared();
        Executable executable = device.compile(test.kernel(), options)) {
      List<MemorySegment> memories = new ArrayList<>();
      List<Launch.Argument> arguments = new ArrayList<>();
      for (KernelCase.Argument argument : test.arguments()) {
        arguments.add(
            switch (argument) {
              case KernelCase.Buffer buffer -> {
                MemorySegment memory =
                    arrays.contains(arguments.size())
                        ? JavaArrays.of(
                            test.kernel().parameters().get(arguments.size()), buffer.content())
                        : arena
                            .allocate(buffer.content().length, 64)
                            .copyFrom(MemorySegment.ofArray(buffer.content()));
                memories.add(memory);
                DeviceBuffer wrapped = device.wrap(memory);
                yield new Launch.Buffer(wrapped, memory.byteSize(), 0);
              }
              case KernelCase.Scalar scalar -> new Launch.Scalar(scalar.bits());
              case KernelCase.Local local -> new Launch.Local(local.bytes());
              case KernelCase.Null nothing -> new Launch.Null();
            });
      }
      Launch launch = launch(test, arguments);
      Completion completion = device.launch(executable, launch, List.of()).await();
      memories.forEach(memory -> results.add(memory.toArray(ValueLayout.JAVA_BYTE)));
      return completion;
    }
  }

  static Launch launch(KernelCase test, List<Launch.Argument> arguments) {
    long[] global = {1, 1, 1};
    long[] local = {1, 1, 1};
    System.arraycopy(test.global(), 0, global, 0, test.global().length);
    System.arraycopy(test.local(), 0, local, 0, test.local().length);
    Launch.Range range =
        new Launch.Range(test.global().length, global, new long[] {0, 0, 0}, local);
    long[] end = {range.groups(0), range.groups(1), range.groups(2)};
    return new Launch(range, new long[] {0, 0, 0}, end, arguments);
  }

  CpuDevice device() {
    return device;
  }

  @Override
  public void close() {
    device.close();
  }
}
