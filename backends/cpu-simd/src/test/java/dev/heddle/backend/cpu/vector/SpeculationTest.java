package dev.heddle.backend.cpu.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.InterpResult;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code that guesses what lanes have in common computes what the interpreter does. */
class SpeculationTest {
  private static final int ITEMS = 700;
  private static final int BYTES = 4 * ITEMS;
  private static final String CLAMPED = "out[i] = in[clamp(i + 3, 0, n - 1)];";
  private static final String ROWS =
      "int x = i % w, y = i / w; out[i] = in[clamp(y + 1, 0, n / w) * w + clamp(x - 1, 0, w - 1)];";

  @BeforeAll
  static void vectorTierIsThere() {
    assertEquals("", VectorEmitter.unavailable());
  }

  private static Function kernel(String body) {
    String source =
        "__kernel void k(__global const int *in, __global int *out, int n, int w) {"
            + " int i = get_global_id(0); long l = get_global_id(0); uint u = i; "
            + body
            + "}";
    return Pipeline.prepareAll(
            OpenClCompiler.compile(
                List.of(new SourceFile("k.cl", source)), FrontendOptions.DEFAULT),
            true)
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        CLAMPED,
        ROWS,
        "out[i] = in[max(min(n - 5 - i, n - 1), 0)];",
        "out[i] = in[min(u + 2u, (uint) n - 1u)];",
        "out[i] = in[max(u, 5u) - 5u];",
        "out[i] = in[clamp(l + 3, 0L, (long) n - 1)];",
        "out[i] = (int) min(l * 1000000, 300000000L) + min(i * 300000000, n);",
        "out[i] = in[(l / w * w + l % w) % n];",
        "out[i] = in[u / (uint) w] + in[u % (uint) w];",
        "out[i] = (i - 100) / w + 3 * ((i - 100) % w);",
        "out[i] = (int) ((2 * l - 100) / w + 3 * ((2 * l - 100) % w));",
        "out[i] = in[i % 500] + in[i / 500];",
        "out[i] = in[i & 511] + in[i >> 9] + in[u >> 10] + (int) (l & 2047) + (int) (l >> 11);",
        "out[i] = ((i - 200) & 255) + ((i - 200) >> 8) + ((u - 200u) >> 8);",
        "int s = 0; for (int k = -2; k <= 2; k++) s += k * in[clamp(i + k, 0, n - 1)]; out[i] = s;",
        "int s = 0; for (int k = 0; k < n; k += 50) s += in[min(i, k)]; out[i] = s;",
        "for (int k = 0; k < 3; k++) out[i] += in[min(i + k, n - 1)];",
        "if (in[i] > 0) out[i] = in[min(i + 1, n - 1)] + in[i % w]; else out[i] = in[i / w];",
        "int s = 0; for (int k = in[i] & 7; k > 0; k--) s += in[min(i + k, n - 1)]; out[i] = s;",
        "if (n > 5) out[i] = in[max(i - 9, 0)]; else out[i] = in[i % 300];",
        "out[i] = 7; out[i] = in[min(i + 1, n - 1)];"
      })
  void computesWhatTheInterpreterDoes(String body) throws Exception {
    Function kernel = kernel(body);
    for (int width : new int[] {1, 7, 40, 100, 130, 650, ITEMS, 0, -3}) {
      check(kernel, body, width, 0, false);
      check(kernel, body, width, 0, true);
    }
    check(kernel, body, 130, Integer.MAX_VALUE - 333L, true);
  }

  private static void check(Function kernel, String body, int width, long offset, boolean eager)
      throws Exception {
    String text = body + " w = " + width + " offset " + offset + " eager " + eager;
    byte[] in = new byte[BYTES];
    new Random(width).nextBytes(in);
    ArrayMemory expected = new ArrayMemory(new byte[BYTES]);
    InterpLaunch launch =
        new InterpLaunch(
            1,
            new long[] {ITEMS},
            new long[] {offset},
            new long[] {ITEMS},
            List.of(
                new InterpLaunch.Buffer(new ArrayMemory(in.clone())),
                new InterpLaunch.Buffer(expected),
                new InterpLaunch.Scalar(ITEMS),
                new InterpLaunch.Scalar(width & 0xFFFFFFFFL)),
            Optional.empty());
    InterpResult result = Interpreter.run(kernel, launch, InterpOptions.DEFAULT);
    try (UnitRun run = new UnitRun(kernel, BoundsMode.TRAP)) {
      run.buffer("in", in);
      MemorySegment out = run.buffer("out", new byte[BYTES]);
      run.scalar("n", ITEMS);
      run.scalar("w", width);
      run.range(ITEMS, 1, offset);
      run.run(run.compile(new VectorEmitter(eager)));
      assertArrayEquals(expected.content(), out.toArray(ValueLayout.JAVA_BYTE), text);
      assertEquals(
          result.faults().stream().map(InterpResult.Fault::site).collect(Collectors.toSet()),
          run.faults().stream().map(UnitRun.Fault::site).collect(Collectors.toSet()),
          text);
    }
  }

  /** In the middle of an image nothing is read lane by lane. */
  @ParameterizedTest
  @ValueSource(strings = {CLAMPED, ROWS})
  void readsNeighboursAtOnce(String body) throws Exception {
    String listing = listing(body);
    assertTrue(method(listing, "masked").contains("gather"), listing);
    assertFalse(method(listing, "run").contains("gather"), listing);
    assertFalse(method(listing, "strips").contains("gather"), listing);
  }

  /** Rows so short that no vector lies within one are not worth a guess. */
  @Test
  void shortRowsAreNotGuessed() throws Exception {
    assertTrue(method(listing("out[i] = in[i % 10];"), "run").contains("gather"));
    assertFalse(method(listing("out[i] = in[i % 10000];"), "run").contains("gather"));
  }

  private static String listing(String body) throws Exception {
    try (UnitRun run = new UnitRun(kernel(body), BoundsMode.TRAP)) {
      return run.emit(new VectorEmitter(true)).listing().text();
    }
  }

  /** The text of one method. */
  private static String method(String listing, String name) {
    return listing
        .lines()
        .dropWhile(line -> !line.startsWith("method " + name + "("))
        .skip(1)
        .takeWhile(line -> !line.startsWith("method "))
        .collect(Collectors.joining("\n"));
  }
}
