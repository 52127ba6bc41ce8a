package dev.heddle.compiler.ir;

import java.util.Objects;

/**
 * A memory object that accesses refer to. A pointer of the source language is a root and a byte
 * offset; every access names its root statically, which is what makes bounds checks, residency and
 * split certificates possible. A pointer whose root is chosen at run time is lowered to a tag and a
 * selection among accesses.
 */
public sealed interface Root {
  /** Name for messages and the textual form; unique within its function. */
  String name();

  AddressSpace space();

  /** A pointer parameter in global or constant memory; its size is known at launch. */
  record Buffer(String name, AddressSpace space, int parameter) implements Root {
    public Buffer {
      Objects.requireNonNull(name);
      if (space != AddressSpace.GLOBAL && space != AddressSpace.CONSTANT) {
        throw new IllegalArgumentException("buffer " + name + " in " + space);
      }
    }
  }

  /** A {@code __local} pointer parameter of a kernel; its size is given at launch. */
  record LocalParameter(String name, int parameter) implements Root {
    @Override
    public AddressSpace space() {
      return AddressSpace.LOCAL;
    }
  }

  /**
   * A pointer parameter of a function that is not a kernel. It stands for the root that the caller
   * passes and is gone after inlining.
   */
  record Formal(String name, AddressSpace space, int parameter) implements Root {}

  /**
   * An array of constant size, in local or private memory. Memory that was never written reads as
   * zero.
   */
  record Array(String name, AddressSpace space, long bytes, int alignment) implements Root {
    public Array {
      Objects.requireNonNull(name);
      if (space != AddressSpace.LOCAL && space != AddressSpace.PRIVATE) {
        throw new IllegalArgumentException("array " + name + " in " + space);
      }
      if (bytes < 0 || Integer.bitCount(alignment) != 1) {
        throw new IllegalArgumentException("array " + name + ": " + bytes + ", " + alignment);
      }
    }
  }

  /** A table of constants. The bytes are little-endian. */
  record Table(String name, Bytes content, int alignment) implements Root {
    @Override
    public AddressSpace space() {
      return AddressSpace.CONSTANT;
    }
  }
}
