package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Type;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;

/**
 * How values of a type are held: as a scalar, and as one vector or two.
 *
 * <p>BOOL is a mask; integers of 8 and 16 bits, and the bits of an F16, are sign-extended ints.
 */
enum Kind {
  BOOL(TypeKind.INT, "i", "MaskOps", 1),
  INT(TypeKind.INT, "i", "IntOps", 1),
  LONG(TypeKind.LONG, "l", "LongOps", 2),
  FLOAT(TypeKind.FLOAT, "f", "FloatOps", 1),
  DOUBLE(TypeKind.DOUBLE, "d", "DoubleOps", 2);

  private final TypeKind scalar;
  private final String suffix;
  private final String ops;
  private final int parts;

  Kind(TypeKind scalar, String suffix, String ops, int parts) {
    this.scalar = scalar;
    this.suffix = suffix;
    this.ops = ops;
    this.parts = parts;
  }

  static Kind of(Type type) {
    return switch (type) {
      case BOOL -> BOOL;
      case I8, I16, I32, F16 -> INT;
      case I64 -> LONG;
      case F32 -> FLOAT;
      case F64 -> DOUBLE;
    };
  }

  TypeKind scalar() {
    return scalar;
  }

  /** The ending of operations on scalars. */
  String suffix() {
    return suffix;
  }

  /** The class of operations on vectors. */
  String ops() {
    return ops;
  }

  /** Number of vectors that hold all lanes. */
  int parts() {
    return parts;
  }

  boolean isFloat() {
    return this == FLOAT || this == DOUBLE;
  }

  /** Work-items in a vector of the process. */
  static int lanes() {
    return IntVector.SPECIES_PREFERRED.length();
  }

  /** The concrete class that stands for an abstract one of the Vector API in this process. */
  static ClassDesc concrete(ClassDesc type) {
    return switch (type.displayName()) {
      case "IntVector" -> describe(IntVector.zero(IntVector.SPECIES_PREFERRED));
      case "LongVector" -> describe(LongVector.zero(LongVector.SPECIES_PREFERRED));
      case "FloatVector" -> describe(FloatVector.zero(FloatVector.SPECIES_PREFERRED));
      case "DoubleVector" -> describe(DoubleVector.zero(DoubleVector.SPECIES_PREFERRED));
      default -> type;
    };
  }

  /** The concrete class of masks over as many lanes as a vector of ints, or of longs. */
  static ClassDesc mask(boolean half) {
    return describe(
        half
            ? LongVector.SPECIES_PREFERRED.maskAll(true)
            : IntVector.SPECIES_PREFERRED.maskAll(true));
  }

  private static ClassDesc describe(Object instance) {
    return instance.getClass().describeConstable().orElseThrow();
  }
}
