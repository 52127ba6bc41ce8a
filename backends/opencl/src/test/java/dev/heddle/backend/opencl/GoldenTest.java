package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.runtime.spi.CompileOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The text of a printed kernel; {@code -Dheddle.bless=true} rewrites what is expected. */
class GoldenTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/dev/heddle/backend/opencl/saxpy.cl");

  @Test
  void saxpy() throws IOException {
    String source =
        KernelPrinter.print(
                Harness.parse(
                    """
                    kernel saxpy
                      scalar a float %0
                      pointer x float 1 readonly %1 buffer &x global 1
                      pointer y float 1 %2 buffer &y global 2
                    {
                      %3:i64 = query global_id 0
                      %4:i64 = const 4
                      %5:i64 = mul %3, %4
                      %6:f32 = load f32 &x[%5] align 4 proven
                      %7:f32 = load f32 &y[%5] align 4
                      %8:f32 = fma %0, %6, %7
                      store f32 &y[%5] align 4 proven, %8
                      return
                    }
                    """),
                CompileOptions.DEFAULT,
                Dialect.FULL)
            .source();
    if (Boolean.getBoolean("heddle.bless")) {
      Files.writeString(EXPECTED, source);
    }
    assertEquals(Files.readString(EXPECTED), source);
  }
}
