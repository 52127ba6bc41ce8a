package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/** Species of 8 and 16 bits with as many lanes as a vector of ints. */
final class Narrow {
  /** Null where a vector of bytes would be shorter than the shortest there is. */
  static final @Nullable VectorSpecies<Byte> BYTES =
      Species.LANES < 8
          ? null
          : VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * Species.LANES));

  static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(16 * Species.LANES));

  private Narrow() {}

  static IntVector load8(MemorySegment memory, long address, long active) {
    IntVector result = IntVector.zero(Species.INT);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        result = result.withLane(lane, Segments.getByte(memory, address + lane));
      }
    }
    return result;
  }

  static void store8(IntVector value, MemorySegment memory, long address, long active) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        Segments.putByte(value.lane(lane), memory, address + lane);
      }
    }
  }
}
