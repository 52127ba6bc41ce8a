package dev.heddle.backend.cpu.vector.ops;

import java.util.Objects;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import jdk.internal.vm.vector.VectorSupport;
import org.jspecify.annotations.Nullable;

/**
 * Vectors from and to addresses in some memory, see {@link Elements}, by what the Vector API itself
 * is made of: its own methods compare every address with the bounds of a segment, and so cost an
 * access that is known to be in range three instructions and a register. C2 knows a vector or mask
 * by its exact class, hence the casts.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Vectors {
  /** The lanes need not all be in range; the mask tells. */
  private static final int IN_RANGE = 1;

  private Vectors() {}

  static <E> Vector<E> load(VectorSpecies<E> species, @Nullable Object memory, long address) {
    return (Vector<E>)
        VectorSupport.load(
            (Class) species.vectorType(),
            (Class) species.elementType(),
            species.length(),
            memory,
            address,
            true,
            memory,
            address,
            (VectorSupport.VectorSpecies) species,
            Uncompiled.INSTANCE);
  }

  /**
   * Lanes whose bit is not set are zero and touch no memory.
   *
   * @param maskType the class of the species' masks
   */
  static <E> Vector<E> load(
      VectorSpecies<E> species,
      @Nullable Object memory,
      long address,
      VectorMask<E> mask,
      @Nullable Class<?> maskType) {
    return (Vector<E>)
        VectorSupport.loadMasked(
            (Class) species.vectorType(),
            (Class) maskType,
            (Class) species.elementType(),
            species.length(),
            memory,
            address,
            true,
            (VectorSupport.VectorMask) Objects.requireNonNull(maskType).cast(mask),
            IN_RANGE,
            memory,
            address,
            (VectorSupport.VectorSpecies) species,
            Uncompiled.INSTANCE);
  }

  static <E> void store(
      Vector<E> value, VectorSpecies<E> species, @Nullable Object memory, long address) {
    VectorSupport.store(
        species.vectorType(),
        species.elementType(),
        species.length(),
        memory,
        address,
        true,
        (VectorSupport.VectorPayload) species.vectorType().cast(value),
        memory,
        address,
        Uncompiled.INSTANCE);
  }

  static <E> void store(
      Vector<E> value,
      VectorSpecies<E> species,
      @Nullable Object memory,
      long address,
      VectorMask<E> mask,
      @Nullable Class<?> maskType) {
    VectorSupport.storeMasked(
        (Class) species.vectorType(),
        (Class) maskType,
        (Class) species.elementType(),
        species.length(),
        memory,
        address,
        true,
        (VectorSupport.Vector) species.vectorType().cast(value),
        (VectorSupport.VectorMask) Objects.requireNonNull(maskType).cast(mask),
        memory,
        address,
        Uncompiled.INSTANCE);
  }
}
