package dev.heddle.testkit.outofcore;

import dev.heddle.backend.cpu.CpuProvider;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.run.DeviceShare;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that smooths an array of a mapped .npy file on devices whose memory holds a small part
 * of it, then on one that works on the host's memory, and writes both results. Its heap is smaller
 * still.
 *
 * <p>Arguments: input file, output file, output file of the second run, device memory in bytes,
 * number of devices.
 */
public final class OutOfCoreRun {
  static final String SMOOTH =
      """
      __kernel void smooth(__global const int *in, __global int *out, long n) {
        long i = get_global_id(0);
        int left = i > 0 ? in[i - 1] : 0;
        int right = i < n - 1 ? in[i + 1] : 0;
        out[i] = left + 2 * in[i] + right;
      }
      """;

  private OutOfCoreRun() {}

  /** See the class. */
  public static void main(String[] args) {
    long cap = Long.parseLong(args[3]);
    Provider capped = new Provider(cap, Integer.parseInt(args[4]));
    Execution chunked = run(capped, Path.of(args[0]), Path.of(args[1]));
    run(new CpuProvider(), Path.of(args[0]), Path.of(args[2]));
    int chunks = chunked.devices().stream().mapToInt(DeviceShare::chunks).sum();
    long most = capped.devices.stream().mapToLong(CappedDevice::mostUsed).max().orElseThrow();
    System.out.println("chunks " + chunks + " most " + most);
  }

  private static Execution run(BackendProvider provider, Path input, Path output) {
    SessionOptions options = SessionOptions.DEFAULT.forgetful();
    try (Session session = Session.open(options, List.of(provider));
        Arena arena = Arena.ofShared()) {
      MemorySegment in = NpyFile.open(input, arena).data();
      long n = in.byteSize() / Integer.BYTES;
      Kernel kernel =
          session
              .compile(List.of(new SourceFile("smooth.cl", SMOOTH)), FrontendOptions.DEFAULT)
              .kernels()
              .getFirst();
      Buffer result = session.allocate(in.byteSize());
      Execution execution =
          kernel.run(
              NDRange.of(n),
              kernel.arguments().set("in", session.wrap(in)).set("out", result).set("n", n),
              RunOptions.DEFAULT);
      NpyFile.write(output, ElementType.INT, List.of(n), result.read());
      return execution;
    }
  }

  /** What the kernel makes of {@code value(i) = i * 7919}. */
  static int expected(long i, long n) {
    return (i > 0 ? value(i - 1) : 0) + 2 * value(i) + (i < n - 1 ? value(i + 1) : 0);
  }

  static int value(long i) {
    return (int) (i * 7919);
  }

  /** Writes the input file. */
  static void writeInput(Path file, long n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment values = arena.allocate(n * Integer.BYTES);
      for (long i = 0; i < n; i++) {
        values.setAtIndex(ValueLayout.JAVA_INT, i, value(i));
      }
      NpyFile.write(file, ElementType.INT, List.of(n), values);
    }
  }

  private static final class Provider implements BackendProvider {
    private final List<CappedDevice> devices;

    Provider(long bytes, int count) {
      devices =
          java.util.stream.IntStream.range(0, count)
              .mapToObj(i -> new CappedDevice(cpu(), "capped:" + i, bytes))
              .toList();
    }

    private static Device cpu() {
      return new CpuProvider().probe(new ProbeOptions(1, false)).devices().getFirst();
    }

    @Override
    public String name() {
      return "capped";
    }

    @Override
    public String target() {
      return "capped";
    }

    @Override
    public String listing(Function kernel, CompileOptions options) {
      return kernel.name();
    }

    @Override
    public Probe probe(ProbeOptions options) {
      return new Probe(List.copyOf(devices), List.of());
    }
  }
}
