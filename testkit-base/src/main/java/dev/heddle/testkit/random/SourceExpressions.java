package dev.heddle.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes expressions of a given type. */
final class SourceExpressions {
  private static final Set<String> FLOATS =
      Set.of("float", "double", "float2", "float4", "double2");

  private final Random random;
  private final List<String> types;

  SourceExpressions(Random random, List<String> types) {
    this.random = random;
    this.types = types;
  }

  /** An index for an array of that length: mostly inside. */
  SourceExpression index(int length) {
    SourceExpression any = of("int", 1);
    if (random.nextInt(6) == 0) {
      return any;
    }
    return SourceExpression.of("int", "(int)((uint)$0 % " + length + "u)", any);
  }

  /** An expression of that type, at most so deep. */
  SourceExpression of(String type, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return leaf(type);
    }
    if (lanes(type) > 1) {
      return vector(type, depth - 1);
    }
    return FLOATS.contains(type) ? floating(type, depth - 1) : integer(type, depth - 1);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String base(String type) {
    return type.replaceAll("\\d+$", "");
  }

  static int lanes(String type) {
    String digits = type.substring(base(type).length());
    return digits.isEmpty() ? 1 : Integer.parseInt(digits);
  }

  private boolean has(String type) {
    return types.contains(type);
  }

  // ---- leaves

  private SourceExpression leaf(String type) {
    if (random.nextInt(3) != 0) {
      return SourceExpression.of(type, SourceGenerator.variable(type, random.nextInt(2)));
    }
    if (type.equals("int") && random.nextInt(2) == 0) {
      return SourceExpression.of(
          type, pick(List.of("gid", "lid", "n", "k0", "k1", "k2", "s.i", "u.i", "table[3]")));
    }
    if (type.equals("float") && random.nextInt(2) == 0) {
      return SourceExpression.of(type, pick(List.of("a", "u.f", "t.v.y", "s.v.s0")));
    }
    return SourceExpression.of(type, "((" + type + ")" + literal(type) + ")");
  }

  private String literal(String type) {
    if (FLOATS.contains(type)) {
      String suffix = type.startsWith("float") ? "f" : "";
      List<String> special =
          List.of("0.0", "(-0.0", "1.0", "(1.0e30", "(-1.0e-30", "(2147483648.0", "(1.0e-40");
      String chosen = pick(special);
      boolean open = chosen.startsWith("(");
      if (random.nextBoolean()) {
        return "(" + (random.nextInt(2000) - 1000) / 8.0 + suffix + ")";
      }
      return chosen + suffix + (open ? ")" : "");
    }
    return pick(List.of("0", "1", "(-1)", "127", "200", "(-32768)", "65535", "0x7fffffff", "31"));
  }

  // ---- scalars

  private SourceExpression integer(String type, int depth) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2 ->
          SourceExpression.of(
              type,
              "(" + type + ")($0 " + pick(List.of("+", "-", "*", "&", "|", "^")) + " $1)",
              of(type, depth),
              of(type, depth));
      case 3 ->
          SourceExpression.of(
              type,
              "(" + type + ")($0 " + pick(List.of("<<", ">>")) + " ($1 & 7))",
              of(type, depth),
              of("int", depth));
      case 4 -> divided(type, depth);
      case 5 -> compared(type, depth);
      case 6, 7 -> converted(type, depth);
      case 8 ->
          SourceExpression.of(
              type, "($0 ? $1 : $2)", of("int", depth), of(type, depth), of(type, depth));
      case 9, 10 -> integerCall(type, depth);
      case 11 -> loaded(type);
      case 12 -> element(type, depth);
      case 13 ->
          SourceExpression.of(
              type, "(" + type + ")" + pick(List.of("~", "-", "!")) + "$0", of(type, depth));
      case 14 ->
          type.equals("int")
              ? SourceExpression.of(type, "twist($0, $1)", of("int", depth), of("uint", depth))
              : converted(type, depth);
      default -> punned(type, depth);
    };
  }

  private SourceExpression divided(String type, int depth) {
    String right = random.nextInt(8) == 0 ? "$1" : "(" + type + ")($1 | 1)";
    return SourceExpression.of(
        type,
        "(" + type + ")($0 " + pick(List.of("/", "%")) + " " + right + ")",
        of(type, depth),
        of(type, depth));
  }

  private SourceExpression compared(String type, int depth) {
    String operands = pick(types.stream().filter(other -> lanes(other) == 1).toList());
    return SourceExpression.of(
        type,
        "(" + type + ")($0 " + pick(List.of("<", "<=", ">", ">=", "==", "!=")) + " $1)",
        of(operands, depth),
        of(operands, depth));
  }

  private SourceExpression converted(String type, int depth) {
    String from = pick(types.stream().filter(other -> lanes(other) == 1).toList());
    String how =
        FLOATS.contains(type)
            ? pick(List.of("(" + type + ")", "convert_" + type))
            : pick(
                List.of(
                    "(" + type + ")",
                    "convert_" + type + "_sat",
                    "convert_" + type + (FLOATS.contains(from) ? "_sat_rte" : "_sat")));
    return SourceExpression.of(type, how + "($0)", of(from, depth));
  }

  private SourceExpression integerCall(String type, int depth) {
    String two =
        pick(List.of("min", "max", "rotate", "hadd", "add_sat", "sub_sat", "mul_hi", "rhadd"));
    return switch (random.nextInt(4)) {
      case 0 ->
          SourceExpression.of(type, pick(List.of("clz", "popcount")) + "($0)", of(type, depth));
      case 1 ->
          SourceExpression.of(
              type, "(" + type + ")abs_diff($0, $1)", of(type, depth), of(type, depth));
      default -> SourceExpression.of(type, two + "($0, $1)", of(type, depth), of(type, depth));
    };
  }

  private SourceExpression loaded(String type) {
    return switch (random.nextInt(4)) {
      case 0 -> SourceExpression.of(type, "(" + type + ")in[$0]", index(64));
      case 1 -> SourceExpression.of(type, "(" + type + ")bytes[$0]", index(64));
      case 2 -> SourceExpression.of(type, "(" + type + ")own[$0]", index(8));
      default -> SourceExpression.of(type, "(" + type + ")table[$0]", index(8));
    };
  }

  /** An element of a vector of the type, or a member. */
  private SourceExpression element(String type, int depth) {
    List<String> vectors =
        types.stream().filter(v -> lanes(v) > 1 && base(v).equals(type)).toList();
    if (vectors.isEmpty()) {
      return SourceExpression.of(
          type, "(" + type + ")" + pick(List.of("s.c", "t.i", "s.s[1]", "t.l", "u.b[2]")));
    }
    String vector = pick(vectors);
    int lane = random.nextInt(lanes(vector));
    return SourceExpression.of(type, "($0).s" + Integer.toHexString(lane), of(vector, depth));
  }

  private SourceExpression punned(String type, int depth) {
    return switch (type) {
      case "int", "uint" -> SourceExpression.of(type, "as_" + type + "($0)", of("float", depth));
      case "long", "ulong" ->
          has("double")
              ? SourceExpression.of(type, "as_" + type + "($0)", of("double", depth))
              : leaf(type);
      default -> leaf(type);
    };
  }

  private SourceExpression floating(String type, int depth) {
    String literal = type.equals("float") ? "0.25f" : "0.25";
    return switch (random.nextInt(12)) {
      case 0, 1, 2, 3 ->
          SourceExpression.of(
              type,
              "($0 " + pick(List.of("+", "-", "*", "/")) + " $1)",
              of(type, depth),
              of(type, depth));
      case 4 ->
          SourceExpression.of(
              type, "($0 * $1 + " + literal + ")", of(type, depth), of(type, depth));
      case 5, 6 ->
          SourceExpression.of(
              type,
              pick(List.of("fabs", "floor", "ceil", "trunc", "rint", "sqrt", "-", "sign")) + "($0)",
              of(type, depth));
      case 7 ->
          SourceExpression.of(
              type,
              pick(List.of("fmin", "fmax", "copysign", "min", "max")) + "($0, $1)",
              of(type, depth),
              of(type, depth));
      case 8 ->
          SourceExpression.of(
              type, "fma($0, $1, $2)", of(type, depth), of(type, depth), of(type, depth));
      case 9 ->
          SourceExpression.of(
              type, "($0 ? $1 : $2)", of("int", depth), of(type, depth), of(type, depth));
      case 10 ->
          type.equals("float")
              ? SourceExpression.of(
                  type, "blend($0, as_float($1))", of(type, depth), of("int", depth))
              : element(type, depth);
      default -> converted(type, depth);
    };
  }

  // ---- vectors

  private SourceExpression vector(String type, int depth) {
    boolean floats = FLOATS.contains(type);
    return switch (random.nextInt(9)) {
      case 0, 1 ->
          SourceExpression.of(
              type,
              "($0 "
                  + pick(floats ? List.of("+", "-", "*") : List.of("+", "-", "*", "&", "^"))
                  + " $1)",
              of(type, depth),
              of(type, depth));
      case 2 -> built(type);
      case 3 -> swizzled(type, depth);
      case 4 -> vectorConverted(type, depth);
      case 5 ->
          SourceExpression.of(
              type, pick(List.of("min", "max")) + "($0, $1)", of(type, depth), of(type, depth));
      case 6 ->
          SourceExpression.of(
              type, "($0 " + (floats ? "*" : "+") + " $1)", of(type, depth), of(base(type), depth));
      case 7 -> vectorCompared(type, depth);
      default -> vectorLoaded(type);
    };
  }

  private SourceExpression built(String type) {
    List<SourceExpression> parts = new ArrayList<>();
    StringBuilder format = new StringBuilder("(" + type + ")(");
    for (int i = 0; i < lanes(type); i++) {
      format.append(i == 0 ? "$" : ", $").append(i);
      parts.add(leaf(base(type)));
    }
    return new SourceExpression(type, format.append(")").toString(), parts);
  }

  private SourceExpression swizzled(String type, int depth) {
    int lanes = lanes(type);
    StringBuilder order = new StringBuilder("($0).s");
    for (int i = 0; i < lanes; i++) {
      order.append(Integer.toHexString(random.nextInt(lanes)));
    }
    return SourceExpression.of(type, order.toString(), of(type, depth));
  }

  private SourceExpression vectorConverted(String type, int depth) {
    List<String> others =
        types.stream().filter(other -> lanes(other) == lanes(type) && !other.equals(type)).toList();
    if (others.isEmpty()) {
      return leaf(type);
    }
    String saturating = FLOATS.contains(type) ? "" : "_sat";
    return SourceExpression.of(
        type, "convert_" + type + saturating + "($0)", of(pick(others), depth));
  }

  /** A comparison of vectors of the same shape gives the integers that select takes. */
  private SourceExpression vectorCompared(String type, int depth) {
    return switch (type) {
      case "int4" ->
          SourceExpression.of(type, "($0 < $1)", of("float4", depth), of("float4", depth));
      case "int2" ->
          SourceExpression.of(type, "($0 >= $1)", of("float2", depth), of("float2", depth));
      case "float4" ->
          SourceExpression.of(
              type, "select($0, $1, $2)", of(type, depth), of(type, depth), of("int4", depth));
      case "short8", "long2", "int3" ->
          SourceExpression.of(type, "($0 != $1)", of(type, depth), of(type, depth));
      default -> built(type);
    };
  }

  private SourceExpression vectorLoaded(String type) {
    return switch (type) {
      case "int4" -> SourceExpression.of(type, "vload4($0, in)", index(16));
      case "int2" -> SourceExpression.of(type, "vload2($0, in)", index(32));
      case "int3" -> SourceExpression.of(type, "vload3($0, in)", index(21));
      case "uchar4" -> SourceExpression.of(type, "vload4($0, bytes)", index(16));
      case "float4" -> SourceExpression.of(type, "((__global const float4 *)in)[$0]", index(16));
      default -> leaf(type);
    };
  }
}
