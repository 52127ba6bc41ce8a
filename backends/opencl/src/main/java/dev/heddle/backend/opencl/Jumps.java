package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;

/**
 * Prints how control leaves regions. A jump to a loop further out breaks the inner loops one by
 * one: it notes its aim in the variable {@code leave}, which is looked at after each of them.
 */
final class Jumps {
  private static final class Frame {
    final Op.Loop loop;
    final TreeSet<Integer> crossing = new TreeSet<>();
    boolean ends;

    Frame(Op.Loop loop) {
      this.loop = loop;
    }
  }

  private final Names names;
  private final Ghosts ghosts;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private boolean leaves;

  Jumps(Names names, Ghosts ghosts) {
    this.names = names;
    this.ghosts = ghosts;
  }

  void declare(CodeWriter code) {
    if (leaves) {
      code.line("uint leave = 0u;");
    }
  }

  /** Declares what an if or a loop hands over. */
  void declareResults(CodeWriter code, List<Value> results) {
    for (Value result : results) {
      String type = CType.of(result.type()) + " " + names.of(result);
      code.line(ghosts.needed() ? type + " = " + CType.zero(result.type()) + ";" : type + ";");
    }
  }

  void enter(Op.Loop loop) {
    frames.push(new Frame(loop));
  }

  /** After the end of the innermost loop: passes on the jumps that go further out. */
  void exit(CodeWriter code) {
    Frame inner = frames.pop();
    if (inner.ends && !frames.isEmpty() && !ghosts.waits(frames.getFirst().loop)) {
      code.line("if (!alive) break;");
      frames.getFirst().ends = true;
    }
    for (int aim : inner.crossing) {
      Op.Loop outer = frames.getFirst().loop;
      boolean there = aim == aim(outer.label(), true) || aim == aim(outer.label(), false);
      code.open("if (leave == " + aim + "u)");
      if (there) {
        code.line("leave = 0u;");
      }
      code.line(aim == aim(outer.label(), true) ? "continue;" : "break;");
      code.close();
    }
  }

  void leave(CodeWriter code, Terminator.Break jump) {
    Op.Loop target = frame(jump.label()).loop;
    assign(code, target.results(), jump.values());
    go(code, jump.label(), false);
  }

  void next(CodeWriter code, Terminator.Continue jump) {
    Op.Loop target = frame(jump.label()).loop;
    assign(code, target.body().parameters(), jump.values());
    go(code, jump.label(), true);
  }

  /** Ends the work-item. */
  void end(CodeWriter code) {
    if (!ghosts.needed()) {
      code.line("return;");
      return;
    }
    code.line("alive = false;");
    if (!frames.isEmpty() && !ghosts.waits(frames.getFirst().loop)) {
      frames.getFirst().ends = true;
      code.line("break;");
    }
  }

  /** Gives {@code to} the values {@code from}, all at once. */
  void assign(CodeWriter code, List<Value> to, List<Value> from) {
    List<Integer> late = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      if (!to.get(i).equals(from.get(i)) && to.contains(from.get(i))) {
        late.add(i);
        Value value = from.get(i);
        code.line(
            "const %s next%d = %s;"
                .formatted(CType.of(value.type()), to.get(i).id(), names.of(value)));
      }
    }
    for (int i = 0; i < to.size(); i++) {
      if (!to.get(i).equals(from.get(i))) {
        String value = late.contains(i) ? "next" + to.get(i).id() : names.of(from.get(i));
        code.line(names.of(to.get(i)) + " = " + value + ";");
      }
    }
  }

  private void go(CodeWriter code, int label, boolean again) {
    if (frames.getFirst().loop.label() != label) {
      int aim = aim(label, again);
      leaves = true;
      for (Frame frame : frames) {
        if (frame.loop.label() == label) {
          break;
        }
        frame.crossing.add(aim);
      }
      code.line("leave = " + aim + "u;");
      code.line("break;");
      return;
    }
    code.line(again ? "continue;" : "break;");
  }

  private static int aim(int label, boolean again) {
    return 2 * label + (again ? 2 : 1);
  }

  private Frame frame(int label) {
    for (Frame frame : frames) {
      if (frame.loop.label() == label) {
        return frame;
      }
    }
    throw new IllegalArgumentException("jump to loop " + label + " from outside");
  }
}
