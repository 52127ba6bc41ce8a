package dev.heddle.backend.cuda;

/** Prints the loops that clear arrays at a kernel's start. Arrays are as long as whole longs. */
final class Zeroing {
  private static final int UNROLLED = 16;

  private final PtxCode code;
  private final Registers registers;
  private final Names names;
  private String item = "";
  private String step = "";
  private int loops;

  Zeroing(PtxCode code, Registers registers, Names names) {
    this.code = code;
    this.registers = registers;
    this.names = names;
  }

  /** The work-items of a group clear shared memory together. */
  void together(String base, String bytes) {
    if (item.isEmpty()) {
      item = names.localIndex(code);
      step = names.localItems(code);
      code.add("shl.b32", item, item, "3");
      code.add("shl.b32", step, step, "3");
    }
    String end = registers.b32();
    if (bytes.startsWith("%")) {
      code.add("cvt.u32.u64", end, bytes);
    } else {
      code.add("mov.u32", end, bytes);
    }
    String at = registers.b32();
    code.add("mov.u32", at, item);
    loop("shared", base, at, end, step);
  }

  /** A work-item clears its own memory. */
  void alone(String base, long bytes) {
    long words = Math.ceilDiv(bytes, Long.BYTES);
    if (words <= UNROLLED) {
      for (long i = 0; i < words; i++) {
        code.add("st.local.b64", "[" + base + "+" + i * Long.BYTES + "]", "0");
      }
      return;
    }
    String at = registers.b32();
    code.add("mov.u32", at, "0");
    loop("local", base, at, Long.toString(bytes), Integer.toString(Long.BYTES));
  }

  private void loop(String space, String base, String at, String end, String stride) {
    String next = "ZERO_" + loops;
    String done = "ZEROED_" + loops++;
    String finished = registers.predicate();
    code.label(next);
    code.add("setp.ge.u32", finished, at, end);
    code.when(finished, "bra", done);
    String address = space.equals("shared") ? registers.b32() : registers.b64();
    if (space.equals("shared")) {
      code.add("add.s32", address, base, at);
    } else {
      code.add("cvt.u64.u32", address, at);
      code.add("add.s64", address, address, base);
    }
    code.add("st." + space + ".b64", "[" + address + "]", "0");
    code.add("add.s32", at, at, stride);
    code.add("bra", next);
    code.label(done);
  }
}
