package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.cli.selftest.WrongProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands as a user types them: exit codes, messages and files. */
final class CommandTest {
  private static final int HEADER_LENGTH = 118;

  private record Result(int code, String out, String err) {}

  @TempDir Path folder;
  private Path kernel = Path.of("");

  @BeforeEach
  void writeKernel() throws IOException {
    kernel = folder.resolve("twice.cl");
    Files.writeString(
        kernel,
        """
        // heddle: -g n n=1000 x=iota(n) y=zeros(n) -o y
        __kernel void twice(__global const float *x, __global float *y) {
          int i = get_global_id(0);
          y[i] = 2.0f * x[i];
        }
        """);
  }

  private static Result heddle(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream oldOut = System.out;
    PrintStream oldErr = System.err;
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int code = Main.commandLine(words).execute(words);
      return new Result(
          code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(oldOut);
      System.setErr(oldErr);
    }
  }

  private Result run(String... more) {
    String[] words = new String[more.length + 4];
    System.arraycopy(new String[] {"run", kernel.toString(), "-d", "cpu"}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return heddle(words);
  }

  private static void refused(Result result, String part) {
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    assertTrue(result.err().contains(part), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void whatWasPrintedComesBeforeTheFault() throws IOException {
    Files.writeString(
        kernel,
        """
        // step: -k hello -g 2
        // step: -k far -g 3 x=zeros(2)
        __kernel void hello() { printf("hello %d\\n", (int)get_global_id(0)); }
        __kernel void far(__global int *x) {
          int i = get_global_id(0);
          printf("item %d", i);
          x[i] = i;
        }
        """);
    Result result = run();
    assertEquals(ExitCode.KERNEL_FAULT, result.code(), result.err());
    assertEquals("hello 0\nhello 1\nitem 0item 1item 2\n", result.out());
    assertTrue(result.err().startsWith("heddle: "), result.err());
    Result json = run("--json");
    assertTrue(json.out().contains("\"printed\" : \"item 0item 1item 2\""), json.out());
  }

  @Test
  void aClusterNeedsTheModuleThatIsNotHere() {
    refused(
        run("--spark", "local-cluster[2,1,1024]"),
        "mvn -q -DskipTests package -pl distributed/spark -am");
    refused(heddle("plan", kernel.toString(), "--spark", "local[2]"), "use it with run");
  }

  @Test
  void aRedundantRunNeedsTwoDevices() {
    Result result = run("--redundant");
    assertEquals(ExitCode.NO_SUCH_DEVICE, result.code());
    assertTrue(result.err().contains("needs two devices"), result.err());
  }

  @Test
  void aSelfTestThatFindsAWrongDeviceEndsWithItsExitCode() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve("dev.heddle.runtime.spi.BackendProvider"), WrongProvider.class.getName());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader wrong = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      Thread.currentThread().setContextClassLoader(wrong);
      Result result = heddle("selftest", "-d", "wrong");
      assertEquals(ExitCode.MISMATCH, result.code(), result.err());
      assertTrue(result.out().contains("FAIL  wrong:0: arithmetic f32"), result.out());
      assertTrue(result.out().contains("floor of f32 "), result.out());
      Result json = heddle("selftest", "-d", "wrong", "--json");
      assertEquals(ExitCode.MISMATCH, json.code(), json.err());
      assertTrue(json.out().contains("\"passed\" : false"), json.out());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void aSelfTestOfADeviceThatIsNotHereSaysSo() {
    Result result = heddle("selftest", "-d", "cpu:9");
    assertEquals(ExitCode.NO_SUCH_DEVICE, result.code());
    assertTrue(result.err().contains("there are cpu:0"), result.err());
  }

  @Test
  void aBenchmarkThatCouldNotBeWrittenOrComparedIsNotBegun() throws IOException {
    refused(heddle("bench", "-o", folder + "/absent/r.html"), "cannot be written");
    refused(heddle("bench", "--json", folder.toString()), "cannot be written");
    refused(heddle("bench", "--compare", folder + "/absent.json"), "no such file");
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": \"other\"}");
    refused(heddle("bench", "--compare", other.toString()), "heddle bench --json");
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"format\": ");
    refused(heddle("bench", "--compare", broken.toString()), "heddle bench --json");
  }

  @Test
  void aTraceHoldsWhatTheDeviceDid() throws IOException {
    Path trace = folder.resolve("trace.json");
    assertEquals(ExitCode.OK, run("--trace", trace.toString()).code());
    String text = Files.readString(trace);
    assertTrue(text.contains("\"traceEvents\":["), text);
    assertTrue(text.contains("\"cpu:0\""), text);
    assertTrue(text.contains("twice, 1000 work-items"), text);
  }

  @Test
  void recordedDevicesArePlannedFor() throws IOException {
    Path recorded = folder.resolve("devices.json");
    assertEquals(ExitCode.OK, heddle("devices", "--export", recorded.toString()).code());
    Files.writeString(recorded, Files.readString(recorded).replace("\"cpu:0\"", "\"cpu:7\""));
    Result plan =
        heddle("plan", kernel.toString(), "--profiles", recorded.toString(), "-d", "cpu:7");
    assertEquals(ExitCode.OK, plan.code(), plan.err());
    assertTrue(plan.out().contains("cpu:7"), plan.out());
  }

  @Test
  void profilesThatAreNoneSaySo() throws IOException {
    Path file = Files.writeString(folder.resolve("none.json"), "{\"format\": \"other\"}");
    refused(heddle("plan", kernel.toString(), "--profiles", file.toString()), "--export");
    refused(heddle("plan", kernel.toString(), "--profiles", folder + "/absent"), "no such file");
  }

  @Test
  void aRepeatedRunShowsTheMedianRun() {
    Result result = run("--repeat", "3");
    assertEquals(ExitCode.OK, result.code(), result.err());
    assertTrue(result.out().contains("3 runs: median"), result.out());
  }

  @Test
  void damagedArraysAreRefused() throws IOException {
    Path file = folder.resolve("x.npy");
    write(file, "{'descr': '<f4', 'fortran_order': False, 'shape': (1000,), }", HEADER_LENGTH, 100);
    refused(run("x=@" + file), "x.npy");
    write(file, "{'descr': '|O', 'fortran_order': False, 'shape': (1000,), }", HEADER_LENGTH, 8000);
    refused(run("x=@" + file), "x.npy");
    write(file, "{'descr': '<f4', 'fortran_order': False, 'shape': (1000,), }", 65_000, 4000);
    refused(run("x=@" + file), "x.npy");
    Files.write(file, new byte[0]);
    refused(run("x=@" + file), "x.npy");
  }

  private static void write(Path file, String header, int length, int bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x93);
    out.write("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {1, 0, (byte) length, (byte) (length >> 8)});
    out.write(header.getBytes(StandardCharsets.US_ASCII));
    out.write(" ".repeat(HEADER_LENGTH - 1 - header.length()).getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
    out.write(new byte[bytes]);
    Files.write(file, out.toByteArray());
  }

  @Test
  void aFullDiskIsTold() throws IOException {
    assumeTrue(Files.isWritable(Path.of("/dev/full")));
    // by a link, so that a mistake replaces the link and never the device
    Path link = Files.createSymbolicLink(folder.resolve("full.npy"), Path.of("/dev/full"));
    refused(run("-o", "y=" + link), "cannot be written");
    assertTrue(Files.isSymbolicLink(link));
  }

  @Test
  void aFolderThatIsMissingIsTold() {
    refused(run("-o", "y=" + folder + "/absent/y.npy"), "absent");
    refused(run("--trace", folder + "/absent/t.json"), "absent");
    refused(heddle("devices", "--export", folder + "/absent/d.json"), "absent");
  }
}
