package dev.heddle.backend.cuda;

import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import dev.heddle.runtime.support.StatusLayout;
import java.util.List;

/**
 * Prints what happens to a work-item that did something wrong: out of the way of the others, behind
 * the kernel's end, it records the fault if there is room, gives the results zeros, and goes back.
 * The host sees a record as soon as its first word, the site number plus one, is not zero.
 */
final class FaultPrinter {
  private final Registers registers;
  private final Names names;
  private final FaultSites sites;
  private final PtxCode aside = new PtxCode();
  private int count;

  FaultPrinter(Registers registers, Names names, FaultSites sites) {
    this.registers = registers;
    this.names = names;
    this.sites = sites;
  }

  /** The code behind the kernel's end. */
  PtxCode aside() {
    return aside;
  }

  /**
   * Leads work-items for which {@code fine} does not hold around what follows, with a fault.
   *
   * @param fine a predicate register
   * @param results what {@code op} would define
   * @return the label where they come back; the caller sets it
   */
  String unless(PtxCode code, String fine, Op op, String offset, String size, List<Value> results) {
    return lead(code, "!" + fine, op, offset, size, results);
  }

  /** Records a fault of those work-items for which {@code wrong} holds. */
  void when(PtxCode code, String wrong, Op op) {
    code.label(lead(code, wrong, op, "0", "0", List.of()));
  }

  private String lead(
      PtxCode code, String guard, Op op, String offset, String size, List<Value> results) {
    int number = count++;
    String back = "BACK_" + number;
    code.when(guard, "bra", "FAULT_" + number);
    aside.label("FAULT_" + number);
    results.forEach(result -> zero(aside, result));
    record(aside, sites.number(op), offset, size, back);
    aside.add("bra", back);
    return back;
  }

  /** Sets a value to zero. */
  void zero(PtxCode code, Value value) {
    String to = registers.of(value);
    if (value.type() == Type.BOOL) {
      code.add("setp.ne.u32", to, "0", "0");
    } else {
      code.add("mov." + RegisterClass.of(value.type()).type(), to, Immediates.of(value.type(), 0));
    }
  }

  /** Records a fault, or goes to {@code full} if enough are recorded. */
  void record(PtxCode code, int site, String offset, String size, String full) {
    String status = names.hidden(Kind.STATUS, 0);
    String most = Integer.toString(StatusLayout.MAX_RECORDS);
    String countAt = "[" + status + "+" + StatusLayout.COUNT + "]";
    String slot = registers.b32();
    String enough = registers.predicate();
    // looked at first, so that the count stops rising
    code.add("ld.volatile.global.u32", slot, countAt);
    code.add("setp.ge.u32", enough, slot, most);
    code.when(enough, "bra", full);
    code.add("atom.global.add.u32", slot, countAt, "1");
    code.add("setp.ge.u32", enough, slot, most);
    code.when(enough, "bra", full);
    String at = registers.b64();
    code.add(
        "mad.wide.u32",
        at,
        slot,
        Integer.toString(StatusLayout.RECORD_BYTES),
        names.hidden(Kind.RECORDS, 0));
    word(code, at, 1, offset);
    word(code, at, 2, size);
    for (int d = 0; d < 3; d++) {
      String id = registers.b64();
      names.computeGlobalId(code, d, id);
      word(code, at, 3 + d, id);
    }
    word(code, at, 0, Integer.toString(site + 1));
  }

  private void word(PtxCode code, String at, int index, String content) {
    String value = content;
    if (!content.startsWith("%")) {
      value = registers.b64();
      code.add("mov.b64", value, content);
    }
    code.add("st.global.b64", "[" + at + "+" + index * Long.BYTES + "]", value);
  }
}
