package dev.heddle.compiler.pass;

import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The bits of values, as far as they are known while code is followed. */
final class Evaluation {
  /** Null for a value that is not known here, whatever is outside. */
  private final Map<Value, @Nullable Long> known = new HashMap<>();

  private final @Nullable Evaluation outside;

  Evaluation() {
    this(null);
  }

  private Evaluation(@Nullable Evaluation outside) {
    this.outside = outside;
  }

  /** One that begins with what is known here; what it learns stays there. */
  Evaluation inner() {
    return new Evaluation(this);
  }

  /** The bits of {@code value}, null if they are not known. */
  @Nullable Long of(Value value) {
    Long bits = known.get(value);
    return bits != null || outside == null || known.containsKey(value) ? bits : outside.of(value);
  }

  void set(Value value, @Nullable Long bits) {
    known.put(value, bits);
  }

  /** Sets each of {@code targets} to what is known of the source beside it, all at once. */
  void setAll(List<Value> targets, List<Value> sources) {
    List<@Nullable Long> bits = new ArrayList<>();
    sources.forEach(source -> bits.add(of(source)));
    for (int i = 0; i < targets.size(); i++) {
      set(targets.get(i), bits.get(i));
    }
  }

  /** Follows one op without regions: its results are known if its operands are. */
  void follow(Op op) {
    List<Value> results = op.results();
    if (results.size() == 1) {
      set(results.getFirst(), areKnown(op.operands()) ? result(op) : null);
    } else {
      results.forEach(result -> set(result, null));
    }
  }

  private boolean areKnown(List<Value> values) {
    for (Value value : values) {
      if (of(value) == null) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Long result(Op op) {
    return switch (op) {
      case Op.Constant constant -> constant.bits();
      case Op.Unary(var r, var o, var a, var s) -> Arithmetic.unary(o, a.type(), bits(a));
      case Op.Binary(var r, var o, var a, var b, var s) ->
          o.divides() && bits(b) == 0 ? null : Arithmetic.binary(o, a.type(), bits(a), bits(b));
      case Op.Compare(var r, var o, var a, var b, var s) ->
          Arithmetic.compare(o, a.type(), bits(a), bits(b)) ? 1L : 0L;
      case Op.Fma(var r, var a, var b, var c, var s) ->
          Arithmetic.fma(a.type(), bits(a), bits(b), bits(c));
      case Op.Select(var r, var condition, var a, var b, var s) ->
          bits(condition) != 0 ? bits(a) : bits(b);
      case Op.Convert(var r, var o, var a, var s) -> {
        Type to = r.type();
        yield Arithmetic.convert(o, a.type(), to, bits(a));
      }
      default -> null;
    };
  }

  private long bits(Value value) {
    return Objects.requireNonNull(of(value));
  }
}
