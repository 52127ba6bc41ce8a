package dev.heddle.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.runtime.spi.CompileOptions.BoundsMode;
import dev.heddle.runtime.spi.Device;
import dev.heddle.testkit.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A hundred thousand indices of every kind into every kind of memory, trapped and clamped, on every
 * target: what comes out is what the reference interpreter says, and nothing else is touched.
 */
class HostileIndicesTest {
  private static final int TRIPS = 2_100;

  /** Near the ends, far beyond them, where products with the element size wrap, and anywhere. */
  private static final String KERNEL =
      """
      long hostile(uint item, uint trip) {
        uint x = item * 2654435761u ^ trip * 0x9e3779b9u;
        x ^= x >> 15; x *= 0x2c1b3c6du; x ^= x >> 12; x *= 0x297a2d39u; x ^= x >> 15;
        long small = (long)(x >> 8) %% 100 - 40;
        switch (x & 7) {
          case 0: case 1: return small;
          case 2: return 0x7fffffffL + small;
          case 3: return -0x80000000L + small;
          case 4: return (0x1000000000000000L << (x >> 4 & 3)) + small;
          case 5: return (long)0x8000000000000000UL + small;
          case 6: return (int)(x * 31);
          default: return (long)x << 31 ^ (long)(x * 2246822519u);
        }
      }
      __kernel void fuzz(int n, float a, __global const int *in, __global const uchar *bytes,
          __global int *cells, __local int *scratch, __global uchar *out) {
        const short table[] = { 3, 1, 4, 1, 5, 9, 2, 6 };
        uint gid = get_global_id(0);
        int own[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
        scratch[get_local_id(0)] = 5;
        barrier(CLK_LOCAL_MEM_FENCE);
        uint sum = 0;
        for (uint trip = 0; trip < %d; trip++) {
          long j = hostile(gid, trip);
          sum = sum * 31 + in[j] + bytes[j] * 3 + table[j];
          int4 v = vload4(j, in);
          sum += v.x ^ v.w + *(__global const int *)(bytes + j);
          own[j] = sum;
          own[j ^ 1] += 1;
          scratch[j] = 5;
          cells[j] = 7;
          atomic_or(&cells[j + 1], 7);
          sum ^= own[trip & 7] + scratch[j];
        }
        __global uint *mine = (__global uint *)(out + gid * %d);
        *mine = sum;
      }
      """
          .formatted(TRIPS, RandomSource.OUT_BYTES);

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void noneEscapes(long seed) {
    List<SourceFile> file = List.of(new SourceFile("hostile.cl", KERNEL));
    Program program = OpenClCompiler.compile(file, FrontendOptions.DEFAULT);
    FuzzCase test =
        new FuzzCase(seed, new RandomSource(List.of()), Pipeline.prepare(program, "fuzz", true));
    assertEquals(seed == 0 ? BoundsMode.CLAMP : BoundsMode.TRAP, test.options().bounds());
    assertTrue(TRIPS * FuzzCase.ITEMS > 100_000);
    FuzzCase.Outcome wanted = test.interpret(false);
    assertEquals(seed == 1, wanted.faulted());
    List<Device> opened = new ArrayList<>();
    try {
      for (FuzzTarget target : FuzzTest.targets(opened)) {
        assertEquals("", wanted.difference(target.run(test)), target.name());
      }
    } finally {
      opened.forEach(Device::close);
    }
  }
}
