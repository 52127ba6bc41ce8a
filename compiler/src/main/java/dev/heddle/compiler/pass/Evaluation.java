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
  private final Map<Value, Long> known;

  Evaluation() {
    known = new HashMap<>();
  }

  private Evaluation(Map<Value, Long> known) {
    this.known = new HashMap<>(known);
  }

  Evaluation copy() {
    return new Evaluation(known);
  }

  /** The bits of {@code value}, null if they are not known. */
  @Nullable Long of(Value value) {
    return known.get(value);
  }

  void set(Value value, @Nullable Long bits) {
    if (bits == null) {
      known.remove(value);
    } else {
      known.put(value, bits);
    }
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
    if (op.results().size() == 1 && op.operands().stream().allMatch(known::containsKey)) {
      set(op.results().getFirst(), result(op));
    } else {
      op.results().forEach(known::remove);
    }
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
    return Objects.requireNonNull(known.get(value));
  }
}
