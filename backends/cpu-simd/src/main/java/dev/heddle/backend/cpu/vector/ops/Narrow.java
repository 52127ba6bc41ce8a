package dev.heddle.backend.cpu.vector.ops;

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

  static final @Nullable Class<?> BYTE_MASK = BYTES == null ? null : BYTES.maskAll(true).getClass();

  static final Class<?> SHORT_MASK = SHORTS.maskAll(true).getClass();

  private Narrow() {}

  static IntVector load8(@Nullable Object memory, long address, long active) {
    IntVector result = IntVector.zero(Species.INT);
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        result = result.withLane(lane, Elements.getByte(memory, address + lane));
      }
    }
    return result;
  }

  static void store8(IntVector value, @Nullable Object memory, long address, long active) {
    for (int lane = 0; lane < Species.LANES; lane++) {
      if ((active >>> lane & 1) != 0) {
        Elements.putByte(value.lane(lane), memory, address + lane);
      }
    }
  }
}
