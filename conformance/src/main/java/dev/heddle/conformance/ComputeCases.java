package dev.heddle.conformance;

import dev.heddle.compiler.ir.Type;
import java.util.ArrayList;
import java.util.List;

/** All rows of the IR's tables as cases. */
public final class ComputeCases {
  /** Functions in one kernel: each is long, and device compilers take more than in proportion. */
  private static final int FUNCTIONS_TOGETHER = 4;

  private ComputeCases() {}

  /** Arithmetic and comparisons, a case for each type. */
  public static List<ComputeCase> arithmetic(int random) {
    List<ComputeCase> cases = new ArrayList<>();
    for (Type type : Type.values()) {
      cases.add(
          new ComputeCase("arithmetic " + type.text(), type, Operators.arithmetic(type), random));
    }
    return cases;
  }

  /** Conversions, a case for each type that they start from. */
  public static List<ComputeCase> conversions(int random) {
    List<ComputeCase> cases = new ArrayList<>();
    for (Type type : Type.values()) {
      cases.add(
          new ComputeCase("conversions " + type.text(), type, Operators.conversions(type), random));
    }
    return cases;
  }

  /** Atomics, a case for each type. */
  public static List<ComputeCase> atomics(int random) {
    List<ComputeCase> cases = new ArrayList<>();
    for (Type type : List.of(Type.I32, Type.I64)) {
      cases.add(new ComputeCase("atomics " + type.text(), type, Operators.atomics(type), random));
    }
    return cases;
  }

  /** Math functions, a few in a case. */
  public static List<ComputeCase> functions(int random) {
    List<ComputeCase> cases = new ArrayList<>();
    for (Type type : List.of(Type.F32, Type.F64)) {
      List<Row> rows = Operators.functions(type);
      for (int i = 0; i < rows.size(); i += FUNCTIONS_TOGETHER) {
        List<Row> few = rows.subList(i, Math.min(rows.size(), i + FUNCTIONS_TOGETHER));
        String names = String.join(" ", few.stream().map(Row::name).toList());
        cases.add(new ComputeCase(names + " " + type.text(), type, few, random));
      }
    }
    return cases;
  }
}
