package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;

/**
 * A type as an object has it: with its address space and qualifiers.
 *
 * @param explicit whether the source named the address space
 */
record Qualified(CType type, AddressSpace space, boolean explicit, boolean constant) {
  static Qualified of(CType type) {
    return new Qualified(type, AddressSpace.PRIVATE, false, false);
  }

  Qualified withType(CType newType) {
    return new Qualified(newType, space, explicit, constant);
  }

  Qualified in(AddressSpace newSpace) {
    return new Qualified(type, newSpace, true, constant);
  }

  Qualified asConstant() {
    return new Qualified(type, space, explicit, true);
  }

  String text() {
    String where =
        switch (space) {
          case GLOBAL -> "__global ";
          case LOCAL -> "__local ";
          case CONSTANT -> "__constant ";
          case PRIVATE -> "";
        };
    return where + (constant && space != AddressSpace.CONSTANT ? "const " : "") + type.text();
  }
}
