package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.Function;
import dev.heddle.runtime.spi.CompileOptions;
import org.junit.jupiter.api.Test;

class JvmSignalsTest {
  /** A kernel that no cache holds, so that the driver has to compile it. */
  private static Function fresh() {
    return Harness.parse(
        """
        kernel fresh
          pointer x long 1 %%0 buffer &x global 0
        {
          %%1:i64 = query global_id 0
          %%2:i64 = const 8
          %%3:i64 = mul %%1, %%2
          %%4:i64 = const %d
          store i64 &x[%%3] align 8, %%4
          return
        }
        """
            .formatted(System.nanoTime()));
  }

  @Test
  void compilingLeavesTheHandlersOfTheJvmInPlace() {
    OpenClDevice device = Harness.device();
    device.compile(fresh(), CompileOptions.DEFAULT).close();
    assertTrue(JvmSignals.inPlace());
  }
}
