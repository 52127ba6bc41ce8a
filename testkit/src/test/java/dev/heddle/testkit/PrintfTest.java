package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels print is the same text on every device, in the order of the work-items. */
class PrintfTest {
  private static Session session;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static Kernel kernel(String source) {
    return session
        .compile(List.of(new SourceFile("print.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  /** The text, which all devices must agree about. */
  private static String printed(String source, NDRange range) {
    Kernel kernel = kernel(source);
    String text = null;
    for (DeviceInfo device : session.devices()) {
      RunOptions options = RunOptions.DEFAULT.on(device.id());
      String here = kernel.run(range, kernel.arguments(), options).printed();
      text = text == null ? here : text;
      assertEquals(text, here, device.id());
    }
    return text == null ? "" : text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "%d %i|7, -7|7 -7",
        "[%5d]%-5d]%05d]%+d]% d|42, 42, 42, 42, 42|[   42]42   ]00042]+42] 42",
        "%.3d %8.3d|5, -5|005     -005",
        "%u %x %X %#x %o %#o|3000000000u, 255, 255, 255, 8, 8|3000000000 ff FF 0xff 10 010",
        "%hhd %hd %hhu|300, 70000, -1|44 4464 255",
        "%ld %lu %lx|-5000000000L, 18446744073709551615UL, 1L << 40|-5000000000"
            + " 18446744073709551615 10000000000",
        "%f %.2f %10.3f %-8.1f] %.0f|1.5f, 2.345f, -3.14159f, 0.25f, 2.5f|1.500000 2.35     -3.142"
            + " 0.2     ] 2",
        "%e %.2e %E|12345.678f, 0.0f, 1e-10f|1.234568e+04 0.00e+00 1.000000E-10",
        "%g %g %g %g %G|0.0001f, 0.00001f, 123456.0f, 1234567.0f, 1e20f|0.0001 1e-05 123456"
            + " 1.23457e+06 1E+20",
        "%a %.1a %A|1.0f, 1.03125f, 0.1f|0x1p+0 0x1.0p+0 0X1.99999AP-4",
        "%f %F %e %5g|NAN, INFINITY, -INFINITY, NAN|nan INF -inf   nan",
        "%c%c%3c|'a', 66, 'z'|aB  z",
        "%v4d|(int4)(1, -2, 3, 4)|1,-2,3,4",
        "%v2hlx %v4hhu|(int2)(16, 255), (uchar4)(1, 2, 3, 255)|10,ff 1,2,3,255",
        "%.1v4f %v3hlf|(float4)(1, 2, 3, 4.25f), (float3)(0.5f)|1.0,2.0,3.0,4.2"
            + " 0.500000,0.500000,0.500000",
        "%v2lf|(double2)(0.1, -1e300 * 1e10)|0.100000,-inf",
        "100%%|  |100%",
      })
  void printsAsInC(String format, String arguments, String wanted) {
    String values = arguments == null || arguments.isBlank() ? "" : ", " + arguments;
    String source = "__kernel void p() { printf(\"" + format + "\"" + values + "); }";
    assertEquals(wanted, printed(source, NDRange.of(1)));
  }

  @Test
  void stringsAreArgumentsToo() {
    assertEquals(
        "one]two   ]th",
        printed(
            "__kernel void p() { printf(\"%s]%-6s]\" \"%.2s\", \"one\", \"t\" \"wo\", \"three\");"
                + " }",
            NDRange.of(1)));
  }

  @Test
  void textComesInTheOrderOfTheItemsAndOfTheirCalls() {
    String source =
        """
        int shout(int v) { printf("shout %d\\n", v); return v + 1; }
        __kernel void p() {
          int i = get_global_id(0) + 10 * get_global_id(1);
          if (i % 3 == 0) printf("item %d\\n", i);
          for (int k = 0; k < i % 2; k++) shout(i * 10 + k);
          barrier(CLK_LOCAL_MEM_FENCE);
          if (i == 7) printf("%d after\\n", shout(i));
        }
        """;
    String wanted =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    (i % 3 == 0 ? "item " + i + "\n" : "")
                        + (i % 2 == 1 ? "shout " + i * 10 + "\n" : "")
                        + (i == 7 ? "shout 7\n8 after\n" : ""))
            .collect(Collectors.joining());
    assertEquals(wanted, printed(source, NDRange.of(10, 4).withLocal(5, 2)));
  }

  @Test
  void aSplitRunPrintsTheSame() {
    Kernel kernel =
        kernel(
            "__kernel void p(__global int *x) { int i = get_global_id(0); x[i] = i;"
                + " if (i % 100 == 7) printf(\"%d\\n\", i); }");
    String devices =
        session.devices().stream().map(DeviceInfo::id).collect(Collectors.joining(","));
    try (Buffer x = session.allocate(4 * 4096)) {
      Execution execution =
          kernel.run(
              NDRange.of(4096),
              kernel.arguments().set("x", x),
              RunOptions.DEFAULT.on(devices).withSplit(SplitPolicy.EVEN));
      assertEquals(session.devices().size(), execution.devices().size());
      assertTrue(execution.reproducible());
      assertEquals(
          IntStream.range(0, 41).mapToObj(i -> i * 100 + 7 + "\n").collect(Collectors.joining()),
          execution.printed());
    }
  }

  @Test
  void argumentsMayBeUsedAgain() {
    Kernel kernel = kernel("__kernel void p(int v) { printf(\"%d\", v); }");
    var arguments = kernel.arguments();
    for (int i = 0; i < 3; i++) {
      arguments.set("v", i);
      assertEquals("" + i, kernel.run(NDRange.of(1), arguments, RunOptions.DEFAULT).printed());
    }
  }

  @Test
  void whatWasPrintedBeforeAFaultIsKept() {
    Kernel kernel =
        kernel(
            """
            __kernel void p(__global int *x, int from) {
              int i = get_global_id(0);
              printf("%d is here\\n", i);
              barrier(CLK_LOCAL_MEM_FENCE);
              x[i + from] = 1;
              printf("%d is done\\n", i);
            }
            """);
    for (DeviceInfo device : session.devices()) {
      try (Buffer x = session.allocate(4 * 8)) {
        var arguments = kernel.arguments().set("x", x).set("from", 3);
        NDRange range = NDRange.of(8).withLocal(8);
        RunOptions options = RunOptions.DEFAULT.on(device.id());
        RunException fault =
            assertThrows(RunException.class, () -> kernel.run(range, arguments, options));
        assertEquals(RunException.Kind.KERNEL_FAULT, fault.kind());
        assertEquals(
            IntStream.range(0, 8)
                .mapToObj(i -> i + " is here\n" + i + " is done\n")
                .collect(Collectors.joining()),
            fault.execution().orElseThrow().printed(),
            device.id());
        x.write();
        arguments.set("from", 0);
        assertTrue(
            kernel.run(range, arguments, options).printed().startsWith("0 is here\n0 is done\n1"),
            device.id());
      }
    }
  }

  @Test
  void argumentsMayBeUsedAgainAfterATimeout() {
    Kernel kernel =
        kernel(
            "__kernel void p(int ever) { printf(\"%d\", ever); volatile int x = ever;"
                + " while (x) x |= 1; }");
    var arguments = kernel.arguments().set("ever", 1);
    RunOptions options = RunOptions.DEFAULT.on("cpu");
    RunException late =
        assertThrows(
            RunException.class,
            () -> kernel.run(NDRange.of(1), arguments, options.withTimeout(Duration.ofMillis(50))));
    assertEquals(RunException.Kind.TIMEOUT, late.kind());
    arguments.set("ever", 0);
    assertEquals("0", kernel.run(NDRange.of(1), arguments, options).printed());
  }

  @Test
  void whatDoesNotFitIsSaid() {
    String text =
        printed(
            "__kernel void p() { for (int k = 0; k < 100000; k++) printf(\"%d\\n\", k); }",
            NDRange.of(2));
    assertTrue(text.startsWith("0\n1\n2\n"), text.substring(0, 20));
    assertTrue(text.contains("(work-item 1 printed more than there is room for)"));
  }

  @Test
  void tooManyWorkItemsAreRefused() {
    Kernel kernel = kernel("__kernel void p() { if (get_global_id(0) == 3) printf(\"x\"); }");
    RunException refusal =
        assertThrows(
            RunException.class,
            () -> kernel.run(NDRange.of(1L << 30), kernel.arguments(), RunOptions.DEFAULT));
    assertEquals(RunException.Kind.USAGE, refusal.kind());
    assertTrue(refusal.getMessage().contains("printed") || refusal.getMessage().contains("print"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf(x)",
        "printf(\"%d\")",
        "printf(\"%d\", 1, 2)",
        "printf(\"%y\", 1)",
        "printf(\"%\")",
        "printf(\"%d\", \"text\")",
        "printf(\"%s\", 1)",
        "printf(\"%v4d\", 1)",
        "printf(\"%v5d\", 1)",
        "printf(\"%d\", (int2)(1))",
        "printf(\"%v16lf%v16lf\", (double16)(0), (double16)(0))",
        "printf(\"%99999d\", 1)",
        "printf()",
      })
  void mistakesAreSaid(String call) {
    String source = "__kernel void p(__global char *x) { " + call + "; }";
    assertThrows(CompileException.class, () -> kernel(source));
  }
}
