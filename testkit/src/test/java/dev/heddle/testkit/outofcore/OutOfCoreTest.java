package dev.heddle.testkit.outofcore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.npy.NpyFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Problems larger than the devices' memory, and than the heap and that together. */
class OutOfCoreTest {
  private static final int HEAP_MEBIBYTES = 48;
  private static final Pattern REPORT = Pattern.compile("chunks (\\d+) most (\\d+)");

  /** Elements: two arrays of 80 MB. */
  private static final long N = 20_000_003;

  @TempDir private Path folder;

  private void check(long deviceBytes, int devices) throws IOException, InterruptedException {
    long problem = 2 * N * Integer.BYTES;
    assertTrue(problem >= 4 * deviceBytes);
    assertTrue(problem > devices * deviceBytes + ((long) HEAP_MEBIBYTES << 20));
    Path input = folder.resolve("in.npy");
    Path chunked = folder.resolve("chunked.npy");
    Path whole = folder.resolve("whole.npy");
    OutOfCoreRun.writeInput(input, N);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OutOfCoreRun.class.getName(),
                input.toString(),
                chunked.toString(),
                whole.toString(),
                Long.toString(deviceBytes),
                Integer.toString(devices))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue(), output);
    Matcher report = REPORT.matcher(output);
    assertTrue(report.find(), output);
    assertTrue(Integer.parseInt(report.group(1)) >= 4, output);
    assertTrue(Long.parseLong(report.group(2)) <= deviceBytes, output);
    compare(chunked, whole);
  }

  private static void compare(Path chunked, Path whole) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment one = NpyFile.open(chunked, arena).data();
      MemorySegment other = NpyFile.open(whole, arena).data();
      assertEquals(-1, one.mismatch(other));
      for (long i = 0; i < N; i += i < 10 || i > N - 12 ? 1 : 4_999) {
        assertEquals(OutOfCoreRun.expected(i, N), one.getAtIndex(ValueLayout.JAVA_INT, i));
      }
    }
  }

  @Test
  void oneDeviceOfAQuarter() throws IOException, InterruptedException {
    check(2 * N * Integer.BYTES / 4, 1);
  }

  @Test
  void twoSmallDevicesAndASmallHeap() throws IOException, InterruptedException {
    check(24 << 20, 2);
  }
}
