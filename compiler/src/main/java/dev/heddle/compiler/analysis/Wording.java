package dev.heddle.compiler.analysis;

import dev.heddle.compiler.ir.AtomicOp;

/** Accesses and forms in words for people. */
final class Wording {
  private static final String[] AXES = {"x", "y", "z"};

  private Wording() {}

  /** {@code out[gid.x + 1] (line 7)}. */
  static String access(Touch touch) {
    String line = touch.span().line() > 0 ? " (line " + touch.span().line() + ")" : "";
    return touch.root().name() + "[" + index(touch) + "]" + line;
  }

  private static String index(Touch touch) {
    Form offset = touch.offset();
    int size = touch.access().element().bytes();
    if (!offset.multipleOf(size)) {
      return form(offset, 1) + " bytes";
    }
    return form(offset, size);
  }

  private static String form(Form form, long unit) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < form.terms.length; i++) {
      if (form.terms[i].kind == Term.Kind.OPAQUE && form.terms[i].origin != Term.Origin.UNKNOWN) {
        return "...";
      }
      append(text, form.coefficients[i] / unit, term(form.terms[i]));
    }
    long constant = form.constant / unit;
    if (constant != 0 || text.isEmpty()) {
      append(text, constant, "");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, long factor, String name) {
    long size = Math.abs(factor);
    String sign = factor < 0 ? "-" : "+";
    text.append(text.isEmpty() ? (factor < 0 ? "-" : "") : " " + sign + " ");
    if (name.isEmpty()) {
      text.append(size);
    } else {
      text.append(size == 1 ? name : size + "*" + name);
    }
  }

  private static String term(Term term) {
    return switch (term.kind) {
      case GLOBAL_ID -> "gid." + AXES[term.number];
      case LOCAL_ID -> "lid." + AXES[term.number];
      case GROUP_ID -> "group." + AXES[term.number];
      case COUNTER -> "k" + term.number;
      case QUOTIENT -> "(" + form(term.operands.getFirst(), 1) + ")/" + term.by;
      case REMAINDER -> "(" + form(term.operands.getFirst(), 1) + ")%" + term.by;
      case MINIMUM -> "min(" + pair(term) + ")";
      case MAXIMUM -> "max(" + pair(term) + ")";
      case PRODUCT -> product(term);
      case CHOICE -> "(one of " + pair(term) + ")";
      case OPAQUE -> term.unknown == null ? "..." : term.unknown;
    };
  }

  private static String pair(Term term) {
    return form(term.operands.get(0), 1) + ", " + form(term.operands.get(1), 1);
  }

  private static String product(Term term) {
    return "(" + form(term.operands.get(0), 1) + ")*(" + form(term.operands.get(1), 1) + ")";
  }

  static String axis(int dimension) {
    return AXES[dimension];
  }

  /** Why a place is not known exactly, as the end of a sentence; empty if it is. */
  static String uncertainty(Form form) {
    for (Term term : form.terms) {
      String why = uncertainty(term);
      if (!why.isEmpty()) {
        return why;
      }
    }
    return "";
  }

  private static String uncertainty(Term term) {
    return switch (term.origin) {
      case LOADED -> "its index is read from memory";
      case WRAPS -> "its index may wrap around in its own type";
      case LOOP -> "its index changes in a loop in a way that is not followed";
      case UNKNOWN ->
          term.unknown == null ? "its index is not known" : "its index depends on " + term.unknown;
      case NONLINEAR ->
          term.operands.stream()
              .map(Wording::uncertainty)
              .filter(why -> !why.isEmpty())
              .findFirst()
              .orElse("its index is not a sum of ids and counters");
      case NONE -> "";
    };
  }

  static String operator(AtomicOp op) {
    return "atomic " + op.text();
  }
}
