package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints how control leaves regions: as jumps, after what they hand over has been moved. */
final class FlowPrinter {
  private final Registers registers;
  private final Map<Integer, Op.Loop> loops = new HashMap<>();

  FlowPrinter(Registers registers) {
    this.registers = registers;
  }

  void enter(PtxCode code, Op.Loop loop) {
    loops.put(loop.label(), loop);
    assign(code, loop.body().parameters(), loop.initial());
  }

  void leave(PtxCode code, Terminator.Break jump) {
    assign(code, target(jump.label()).results(), jump.values());
    code.add("bra", end(jump.label()));
  }

  void next(PtxCode code, Terminator.Continue jump) {
    assign(code, target(jump.label()).body().parameters(), jump.values());
    code.add("bra", start(jump.label()));
  }

  static String start(int label) {
    return "LOOP_" + label;
  }

  static String end(int label) {
    return "DONE_" + label;
  }

  private Op.Loop target(int label) {
    Op.Loop loop = loops.get(label);
    if (loop == null) {
      throw new IllegalArgumentException("jump to loop " + label + " from outside");
    }
    return loop;
  }

  /** Gives {@code to} the values {@code from}, all at once. */
  void assign(PtxCode code, List<Value> to, List<Value> from) {
    Map<String, String> late = new LinkedHashMap<>();
    for (int i = 0; i < to.size(); i++) {
      Value target = to.get(i);
      Value source = from.get(i);
      if (target.equals(source)) {
        continue;
      }
      if (to.contains(source)) {
        String kept = registers.fresh(RegisterClass.of(target.type()));
        move(code, target.type(), kept, registers.of(source));
        late.put(registers.of(target), kept);
      }
    }
    for (int i = 0; i < to.size(); i++) {
      Value target = to.get(i);
      if (!target.equals(from.get(i))) {
        String name = registers.of(target);
        move(code, target.type(), name, late.getOrDefault(name, registers.of(from.get(i))));
      }
    }
  }

  static void move(PtxCode code, Type type, String to, String from) {
    code.add("mov." + RegisterClass.of(type).type(), to, from);
  }
}
