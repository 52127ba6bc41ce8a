package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.HiddenParameter;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import java.util.Map;
import java.util.TreeMap;

/** The hidden parameters and ids that a kernel came to use, and the registers that hold them. */
final class Names {
  private static final String[] AXES = {"x", "y", "z"};

  private final Registers registers;
  private final Map<HiddenParameter, String> hidden = new TreeMap<>();
  private final Map<Integer, String> globalIds = new TreeMap<>();

  Names(Registers registers) {
    this.registers = registers;
  }

  /** The register that holds a hidden parameter from the kernel's start on. */
  String hidden(Kind kind, int index) {
    return hidden.computeIfAbsent(new HiddenParameter(kind, index), key -> registers.b64());
  }

  Map<HiddenParameter, String> hidden() {
    return hidden;
  }

  /** The register that holds the global id from the kernel's start on. */
  String globalId(int dimension) {
    String known = globalIds.get(dimension);
    if (known != null) {
      return known;
    }
    hidden(Kind.FIRST_ITEM, dimension);
    String register = registers.b64();
    globalIds.put(dimension, register);
    return register;
  }

  /** Loads the hidden parameters and computes the global ids. */
  void define(PtxCode code) {
    hidden.forEach((parameter, to) -> code.add("ld.param.b64", to, "[" + parameter.text() + "]"));
    globalIds.forEach((dimension, to) -> computeGlobalId(code, dimension, to));
  }

  /** The id within the whole NDRange: chunks and smaller groups at the end begin elsewhere. */
  void computeGlobalId(PtxCode code, int dimension, String to) {
    String group = special(code, "%ctaid", dimension);
    String size = special(code, "%ntid", dimension);
    String item = special(code, "%tid", dimension);
    String wide = registers.b64();
    code.add("cvt.u64.u32", wide, item);
    code.add("mad.wide.u32", to, group, size, wide);
    code.add("add.s64", to, to, hidden(Kind.FIRST_ITEM, dimension));
  }

  /** A register with the number of the work-item within its group, the first dimension fastest. */
  String localIndex(PtxCode code) {
    String index = special(code, "%tid", 2);
    for (int d = 1; d >= 0; d--) {
      code.add("mad.lo.s32", index, index, special(code, "%ntid", d), special(code, "%tid", d));
    }
    return index;
  }

  /** A register with the number of work-items in the group. */
  String localItems(PtxCode code) {
    String items = special(code, "%ntid", 0);
    for (int d = 1; d <= 2; d++) {
      code.add("mul.lo.s32", items, items, special(code, "%ntid", d));
    }
    return items;
  }

  /** A register that holds a special register's value along a dimension. */
  String special(PtxCode code, String name, int dimension) {
    String register = registers.b32();
    code.add("mov.u32", register, name + "." + AXES[dimension]);
    return register;
  }
}
