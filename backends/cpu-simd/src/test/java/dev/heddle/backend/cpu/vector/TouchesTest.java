package dev.heddle.backend.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that touches what it streams through computes what code does that doesn't. */
class TouchesTest {
  private static final String STREAMS = "streams";
  private static final int ITEMS = 1000;
  private static final int BYTES = 8 * ITEMS;

  private record Result(byte[] out, List<UnitRun.Fault> faults) {}

  @BeforeAll
  static void vectorTierIsThere() {
    assertEquals("", VectorEmitter.unavailable());
    assumeTrue(Kind.lanes() == 16, "vectors do not fill cache lines on this processor");
  }

  private static Function kernel(String body) {
    String source =
        "__kernel void k(__global const float *in, __global float *out) {"
            + " size_t i = get_global_id(0); "
            + body
            + "}";
    return Pipeline.prepareAll(
            OpenClCompiler.compile(
                List.of(new SourceFile("k.cl", source)), FrontendOptions.DEFAULT),
            true)
        .getFirst();
  }

  private static Result run(Function kernel, boolean streams, long width) throws Exception {
    try (UnitRun run = new UnitRun(kernel, BoundsMode.TRAP)) {
      byte[] content = new byte[BYTES];
      new Random(width).nextBytes(content);
      run.buffer("in", content);
      MemorySegment out = run.buffer("out", content);
      run.range(width, 1, 0);
      if (streams) {
        run.streams();
      }
      ObjLongConsumer<Object[]> code = run.compile(new VectorEmitter(true));
      run.run(code);
      return new Result(out.toArray(ValueLayout.JAVA_BYTE), run.faults());
    }
  }

  private static String listing(Function kernel) throws Exception {
    try (UnitRun run = new UnitRun(kernel, BoundsMode.TRAP)) {
      return run.emit(new VectorEmitter(true)).listing().text();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "out[i] = 3 * in[i];",
        "out[i] += in[i];",
        "if (in[i] > 0) out[i] = in[i];",
        "if (i < 777) out[i + 3] = in[i];",
        "out[i + 1500] = in[i];",
        "out[i] = in[2 * i + 500];",
        "((__global double *) out)[i] = ((__global const double *) in)[i] + 1;",
        "((__global uchar *) out)[i] = ((__global const uchar *) in)[i] + 1;"
      })
  void computesTheSame(String body) throws Exception {
    Function kernel = kernel(body);
    assertTrue(listing(kernel).contains(STREAMS), body);
    for (long width : new long[] {1, 63, 64, 65, 128, 200, ITEMS}) {
      Result plain = run(kernel, false, width);
      Result touching = run(kernel, true, width);
      assertArrayEquals(plain.out(), touching.out(), body + " " + width);
      assertEquals(plain.faults(), touching.faults(), body + " " + width);
    }
  }

  @Test
  void whatIsReadTwiceIsNotTouched() throws Exception {
    for (String body :
        List.of(
            "out[i] = in[i] + in[i + 1];",
            "float s = 0; for (int k = 0; k < 9; k++) s += in[k]; out[i] = s;")) {
      assertFalse(listing(kernel(body)).contains(STREAMS), body);
    }
  }

  /**
   * Code that streams is compiled from launches, not from calls with nothing to do: gathers were a
   * quarter slower.
   */
  @Test
  void streamsAreNotPrimed() throws Exception {
    try (UnitRun run = new UnitRun(kernel("out[i] = 3 * in[i];"), BoundsMode.TRAP)) {
      assertEquals(1, calls(run.emit(new VectorEmitter(true)).listing().text(), STREAMS), "run");
    }
  }

  private static long calls(String listing, String method) {
    return listing
        .lines()
        .filter(line -> line.contains("invokestatic") && line.contains("." + method + "("))
        .count();
  }
}
