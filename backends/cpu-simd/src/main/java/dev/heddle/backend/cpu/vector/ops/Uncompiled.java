package dev.heddle.backend.cpu.vector.ops;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import jdk.internal.vm.vector.VectorSupport;
import org.jspecify.annotations.Nullable;

/** What {@link Vectors} does as long as C2 has not compiled it. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Uncompiled
    implements VectorSupport.LoadOperation,
        VectorSupport.LoadVectorMaskedOperation,
        VectorSupport.StoreVectorOperation,
        VectorSupport.StoreVectorMaskedOperation {
  private static final MemorySegment ALL = Trampoline.memory();

  static final Uncompiled INSTANCE = new Uncompiled();

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private Uncompiled() {}

  private static MemorySegment segment(@Nullable Object memory) {
    return switch (memory) {
      case null -> ALL;
      case byte[] array -> MemorySegment.ofArray(array);
      case short[] array -> MemorySegment.ofArray(array);
      case char[] array -> MemorySegment.ofArray(array);
      case int[] array -> MemorySegment.ofArray(array);
      case long[] array -> MemorySegment.ofArray(array);
      case float[] array -> MemorySegment.ofArray(array);
      case double[] array -> MemorySegment.ofArray(array);
      default -> throw new IllegalArgumentException("memory of " + memory.getClass());
    };
  }

  private static long place(@Nullable Object memory, long address) {
    return memory == null ? address : address - Elements.begin(memory);
  }

  @Override
  public VectorSupport.VectorPayload load(
      @Nullable Object memory, long address, VectorSupport.VectorSpecies species) {
    return ((VectorSpecies<?>) (Object) species)
        .fromMemorySegment(segment(memory), place(memory, address), ORDER);
  }

  @Override
  public VectorSupport.Vector load(
      @Nullable Object memory,
      long address,
      VectorSupport.VectorSpecies species,
      VectorSupport.VectorMask mask) {
    VectorSpecies shape = (VectorSpecies) (Object) species;
    VectorMask where = (VectorMask) mask;
    Class<?> element = shape.elementType();
    if (element == int.class) {
      return IntVector.fromMemorySegment(
          shape, segment(memory), place(memory, address), ORDER, where);
    }
    if (element == float.class) {
      return FloatVector.fromMemorySegment(
          shape, segment(memory), place(memory, address), ORDER, where);
    }
    if (element == long.class) {
      return LongVector.fromMemorySegment(
          shape, segment(memory), place(memory, address), ORDER, where);
    }
    if (element == double.class) {
      return DoubleVector.fromMemorySegment(
          shape, segment(memory), place(memory, address), ORDER, where);
    }
    if (element == short.class) {
      return ShortVector.fromMemorySegment(
          shape, segment(memory), place(memory, address), ORDER, where);
    }
    return ByteVector.fromMemorySegment(
        shape, segment(memory), place(memory, address), ORDER, where);
  }

  @Override
  public void store(@Nullable Object memory, long address, VectorSupport.VectorPayload value) {
    ((Vector<?>) value).intoMemorySegment(segment(memory), place(memory, address), ORDER);
  }

  @Override
  public void store(
      @Nullable Object memory,
      long address,
      VectorSupport.Vector value,
      VectorSupport.VectorMask mask) {
    ((Vector) value)
        .intoMemorySegment(segment(memory), place(memory, address), ORDER, (VectorMask) mask);
  }
}
