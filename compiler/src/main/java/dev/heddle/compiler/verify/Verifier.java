package dev.heddle.compiler.verify;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Checks every rule of the IR that its records cannot check themselves: types by the operators'
 * tables, each value defined once and before its uses, regions that end as their owner demands, and
 * memory ops on declared roots only.
 */
public final class Verifier {
  private Verifier() {}

  /**
   * @throws VerifierException if a rule is broken, with all problems found
   */
  public static void verify(Program program) {
    throwIfAny(problems(program));
  }

  /**
   * Calls are checked in themselves, not against their callees.
   *
   * @throws VerifierException if a rule is broken, with all problems found
   */
  public static void verify(Function function) {
    throwIfAny(problems(function));
  }

  /** What is wrong, empty if nothing; each problem names the function, the op and the rule. */
  public static List<String> problems(Program program) {
    List<String> problems = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Function function : program.functions()) {
      if (!names.add(function.name())) {
        problems.add(function.name() + ": there is another function of that name");
      }
      problems.addAll(new FunctionCheck(function, Optional.of(program)).problems());
    }
    new CallGraph(program).cycle().ifPresent(problems::add);
    return problems;
  }

  /** What is wrong, empty if nothing; each problem names the function, the op and the rule. */
  public static List<String> problems(Function function) {
    return new FunctionCheck(function, Optional.empty()).problems();
  }

  private static void throwIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new VerifierException(problems);
    }
  }

  /** Who calls whom. */
  private static final class CallGraph {
    private final Map<String, Set<String>> callees = new HashMap<>();
    private final Set<String> finished = new HashSet<>();

    CallGraph(Program program) {
      for (Function function : program.functions()) {
        collect(function.body(), callees.computeIfAbsent(function.name(), n -> new HashSet<>()));
      }
    }

    Optional<String> cycle() {
      return callees.keySet().stream()
          .sorted()
          .filter(name -> reachesItself(name, new HashSet<>()))
          .findFirst()
          .map(name -> name + ": calls itself, directly or through others");
    }

    private boolean reachesItself(String name, Set<String> above) {
      if (finished.contains(name)) {
        return false;
      }
      if (!above.add(name)) {
        return true;
      }
      boolean found =
          callees.getOrDefault(name, Set.of()).stream()
              .anyMatch(callee -> reachesItself(callee, above));
      above.remove(name);
      finished.add(name);
      return found;
    }

    private static void collect(Region region, Set<String> into) {
      for (Op op : region.ops()) {
        switch (op) {
          case Op.Call call -> into.add(call.callee());
          case Op.If branch -> {
            collect(branch.thenRegion(), into);
            collect(branch.elseRegion(), into);
          }
          case Op.Loop loop -> collect(loop.body(), into);
          default -> {}
        }
      }
    }
  }
}
