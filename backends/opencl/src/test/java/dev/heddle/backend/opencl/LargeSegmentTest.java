package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeSegmentTest {
  /** Nothing is there; the segment is only looked at. */
  private static final MemorySegment NOWHERE = MemorySegment.ofAddress(1 << 16);

  @ParameterizedTest
  @ValueSource(
      longs = {0, 1, 1L << 30, Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 31, 1L << 40})
  void segmentsOfAnySizeHaveAStart(long bytes) {
    ByteBuffer start = OpenClDevice.start(NOWHERE.reinterpret(bytes));
    assertEquals(NOWHERE.address(), MemorySegment.ofBuffer(start).address());
  }
}
