package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * What is nearly always so, and worth a test of a few scalars in each vector of work-items: that a
 * comparison comes out the same for all its lanes, that an index which is kept within an image is
 * within it anyway, that a vector lies within one row of an image where rows and columns are
 * computed from one id. What comes out is then uniform or linear, and what is read there
 * contiguous.
 */
final class Speculation {
  /** Vectors that are tested together, at most, and some room to be right in most of them. */
  private static final int SHORTEST_ROW_IN_VECTORS = 8;

  /** Steps from lane to lane beyond this could wrap within a few vectors. */
  private static final long LONGEST_STRIDE = 1 << 20;

  /** A linear operand and a uniform one. */
  record Operands(Value linear, Value uniform) {}

  private Speculation() {}

  /** The operands told apart; null if they are something else. */
  static @Nullable Operands operands(Value left, Value right, LaneShapes shapes) {
    Type type = left.type();
    Shape first = shapes.of(left);
    Shape second = shapes.of(right);
    if (type != Type.I32 && type != Type.I64) {
      return null;
    }
    if (first.isLinear() && second.uniform()) {
      return hasShortSteps(first) ? new Operands(left, right) : null;
    }
    boolean swapped = first.uniform() && second.isLinear() && hasShortSteps(second);
    return swapped ? new Operands(right, left) : null;
  }

  private static boolean hasShortSteps(Shape linear) {
    return Math.abs(linear.stride()) <= LONGEST_STRIDE;
  }

  /** The shape that the result is taken to have; varying: it is not worth a guess. */
  static Shape shape(Op.Binary binary, LaneShapes shapes) {
    Operands operands = operands(binary.left(), binary.right(), shapes);
    if (operands == null) {
      return Shape.VARYING;
    }
    Shape linear = shapes.of(operands.linear());
    boolean split = operands.linear().equals(binary.left()) && isRow(binary, linear, shapes);
    return switch (binary.op()) {
      case SMIN, SMAX, UMIN, UMAX -> linear;
      case SDIV, UDIV, ASHR, LSHR -> split ? Shape.UNIFORM : Shape.VARYING;
      case SREM, UREM, AND -> split ? linear : Shape.VARYING;
      default -> Shape.VARYING;
    };
  }

  /** Whether numbers may be cut into rows by the right operand, and the rows may be long. */
  private static boolean isRow(Op.Binary binary, Shape linear, LaneShapes shapes) {
    Long constant = shapes.constant(binary.right());
    if (linear.stride() < 0) {
      return false;
    }
    long shortest = linear.stride() * Kind.lanes() * SHORTEST_ROW_IN_VECTORS;
    return switch (binary.op()) {
      case ASHR, LSHR, AND -> constant != null && mask(binary, constant) >= shortest;
      default -> constant == null || constant >= shortest;
    };
  }

  /**
   * What is taken of a number, where that are its low bits, or where what is taken is the rest; -1
   * for anything else.
   */
  static long mask(Op.Binary binary, long constant) {
    return switch (binary.op()) {
      case AND -> constant > 0 && (constant & (constant + 1)) == 0 ? constant : -1;
      case ASHR, LSHR -> (1L << (constant & (binary.result().type().bits() - 1))) - 1;
      default -> -1;
    };
  }
}
