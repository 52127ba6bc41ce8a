package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A byte offset as {@code constant + sum of coefficient * uniform + scale * index}, so that the
 * addresses of neighbouring lanes follow from scalars or from a vector of 32-bit indices.
 *
 * @param index what differs between lanes; null if nothing does
 */
record AddressForm(
    long constant, List<Term> terms, @Nullable Value index, IndexKind kind, long scale) {
  /** A uniform value and what it is multiplied by. */
  record Term(Value value, long coefficient) {}

  /** What the index is. */
  enum IndexKind {
    /** There is none. */
    NONE,
    /** A linear I64. */
    LINEAR64,
    /** An I32 or narrower, linear or varying, sign-extended. */
    SIGNED,
    /** An I32, linear or varying, zero-extended. */
    UNSIGNED,
    /** The whole offset, a varying I64. */
    OPAQUE
  }

  /** The index, where there is one. */
  Value varying() {
    return Objects.requireNonNull(index);
  }

  static AddressForm of(Value offset, LaneShapes shapes) {
    Builder builder = new Builder(shapes);
    if (builder.add(offset, 1)) {
      AddressForm form = builder.build();
      if (form.kind == IndexKind.NONE || form.scale != 0) {
        return form;
      }
      if (shapes.of(offset).uniform()) {
        return new AddressForm(0, List.of(new Term(offset, 1)), null, IndexKind.NONE, 0);
      }
    }
    return new AddressForm(0, List.of(), offset, IndexKind.OPAQUE, 1);
  }

  /**
   * Whether the part before the index, and the scale, are known to be multiples of a power of two.
   */
  boolean aligned(long alignment) {
    boolean all = constant % alignment == 0 && scale % alignment == 0;
    for (Term term : terms) {
      all &= term.coefficient % alignment == 0;
    }
    return all;
  }

  private static final class Builder {
    private final LaneShapes shapes;
    private final List<Term> terms = new ArrayList<>();
    private long constant;
    private @Nullable Value index;
    private IndexKind kind = IndexKind.NONE;
    private long scale;

    Builder(LaneShapes shapes) {
      this.shapes = shapes;
    }

    AddressForm build() {
      return new AddressForm(constant, List.copyOf(terms), index, kind, scale);
    }

    /** Adds {@code coefficient * value}; false if the form has no room for it. */
    boolean add(Value value, long coefficient) {
      Long bits = shapes.constant(value);
      if (bits != null) {
        constant += coefficient * bits;
        return true;
      }
      if (shapes.definition(value) instanceof Op.Binary binary && add(binary, coefficient)) {
        return true;
      }
      Shape shape = shapes.of(value);
      if (shape.uniform()) {
        terms.add(new Term(value, coefficient));
        return true;
      }
      if (shape.isLinear()) {
        return addIndex(value, IndexKind.LINEAR64, coefficient);
      }
      return shapes.definition(value) instanceof Op.Convert convert
          && addExtended(convert, coefficient);
    }

    private boolean add(Op.Binary binary, long coefficient) {
      Builder trial = copy();
      boolean fits =
          switch (binary.op()) {
            case ADD ->
                trial.add(binary.left(), coefficient) && trial.add(binary.right(), coefficient);
            case SUB ->
                trial.add(binary.left(), coefficient) && trial.add(binary.right(), -coefficient);
            case MUL -> trial.addProduct(binary, coefficient);
            case SHL -> trial.addShifted(binary, coefficient);
            default -> false;
          };
      if (fits) {
        take(trial);
      }
      return fits;
    }

    private boolean addProduct(Op.Binary product, long coefficient) {
      Long left = shapes.constant(product.left());
      Long right = shapes.constant(product.right());
      if (right != null) {
        return add(product.left(), coefficient * right);
      }
      return left != null && add(product.right(), coefficient * left);
    }

    private boolean addShifted(Op.Binary shift, long coefficient) {
      Long by = shapes.constant(shift.right());
      return by != null && add(shift.left(), coefficient << (by & 63));
    }

    private boolean addExtended(Op.Convert convert, long coefficient) {
      Value source = convert.operand();
      return switch (convert.op()) {
        case SEXT -> addIndex(source, IndexKind.SIGNED, coefficient);
        case ZEXT -> source.type() == Type.I32 && addIndex(source, IndexKind.UNSIGNED, coefficient);
        default -> false;
      };
    }

    private boolean addIndex(Value value, IndexKind valueKind, long coefficient) {
      if (kind == IndexKind.NONE) {
        index = value;
        kind = valueKind;
        scale = coefficient;
        return true;
      }
      if (value.equals(index) && kind == valueKind) {
        scale += coefficient;
        return true;
      }
      return false;
    }

    private Builder copy() {
      Builder copy = new Builder(shapes);
      copy.take(this);
      return copy;
    }

    private void take(Builder from) {
      terms.clear();
      terms.addAll(from.terms);
      constant = from.constant;
      index = from.index;
      kind = from.kind;
      scale = from.scale;
    }
  }
}
