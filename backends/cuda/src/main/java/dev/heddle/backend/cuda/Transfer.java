package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Type;
import java.util.List;

/** Prints the instructions of one load or store: in vectors where its alignment allows them. */
final class Transfer {
  private static final int MOST_BYTES = 16;
  private static final int MOST_ELEMENTS = 4;

  private final PtxCode code;
  private final Registers registers;
  private final String guard;
  private final Access access;
  private final Type type;

  Transfer(PtxCode code, Registers registers, String guard, Access access) {
    this.code = code;
    this.registers = registers;
    this.guard = guard;
    this.access = access;
    type = access.element();
  }

  void load(String space, String address, List<String> results) {
    for (int i = 0; i < results.size(); ) {
      int together = together(results.size() - i);
      if (access.alignment() < type.bytes()) {
        loadPieces(space, address, i, results.get(i));
      } else if (type == Type.BOOL) {
        String bits = registers.b32();
        add("ld." + space + ".u8", bits, place(address, i));
        add("setp.ne.u32", results.get(i), bits, "0");
      } else {
        List<String> targets = results.subList(i, i + together);
        add("ld." + space + vector(together) + "." + memory(), list(targets), place(address, i));
      }
      i += together;
    }
  }

  void store(String space, String address, List<String> values) {
    List<String> ready = values.stream().map(this::storable).toList();
    for (int i = 0; i < ready.size(); ) {
      int together = together(ready.size() - i);
      if (access.alignment() < type.bytes()) {
        storePieces(space, address, i, ready.get(i));
      } else {
        List<String> sources = ready.subList(i, i + together);
        add("st." + space + vector(together) + "." + memory(), place(address, i), list(sources));
      }
      i += together;
    }
  }

  private void add(String instruction, String... operands) {
    if (guard.isEmpty()) {
      code.add(instruction, operands);
    } else {
      code.when(guard, instruction, operands);
    }
  }

  /** How many of the {@code left} elements one instruction moves. */
  private int together(int left) {
    int most = Math.min(access.alignment(), MOST_BYTES) / type.bytes();
    return type == Type.BOOL || most < 2
        ? 1
        : Integer.highestOneBit(Math.min(Math.min(most, MOST_ELEMENTS), left));
  }

  private static String vector(int elements) {
    return elements == 1 ? "" : ".v" + elements;
  }

  private static String list(List<String> operands) {
    return operands.size() == 1 ? operands.getFirst() : "{" + String.join(", ", operands) + "}";
  }

  private String place(String address, int index) {
    return place(address, index, 0);
  }

  private String place(String address, int index, int more) {
    int displacement = index * type.bytes() + more;
    return "[" + address + (displacement == 0 ? "" : "+" + displacement) + "]";
  }

  /** The type in memory; what is narrower than its register is filled up with zeros. */
  private String memory() {
    return switch (type) {
      case BOOL, I8 -> "u8";
      case I16, F16 -> "u16";
      case I32, I64, F32, F64 -> RegisterClass.of(type).type();
    };
  }

  private String storable(String value) {
    if (type != Type.BOOL) {
      return value;
    }
    String bits = registers.b32();
    code.add("selp.b32", bits, "1", "0", value);
    return bits;
  }

  /** Puts an element together from pieces that are aligned. */
  private void loadPieces(String space, String address, int index, String to) {
    int size = access.alignment();
    boolean wide = type.bytes() == Long.BYTES;
    String whole = wide ? registers.b64() : registers.b32();
    for (int at = 0; at < type.bytes(); at += size) {
      String piece = wide ? registers.b64() : registers.b32();
      add("ld." + space + ".u" + 8 * size, piece, place(address, index, at));
      if (at == 0) {
        code.add(wide ? "mov.b64" : "mov.b32", whole, piece);
      } else {
        code.add(wide ? "shl.b64" : "shl.b32", piece, piece, Integer.toString(8 * at));
        code.add(wide ? "or.b64" : "or.b32", whole, whole, piece);
      }
    }
    add(wide ? "mov.b64" : "mov.b32", to, whole);
  }

  private void storePieces(String space, String address, int index, String value) {
    int size = access.alignment();
    boolean wide = type.bytes() == Long.BYTES;
    String whole = wide ? registers.b64() : registers.b32();
    code.add(wide ? "mov.b64" : "mov.b32", whole, value);
    for (int at = 0; at < type.bytes(); at += size) {
      String piece = whole;
      if (at > 0) {
        piece = wide ? registers.b64() : registers.b32();
        code.add(wide ? "shr.u64" : "shr.u32", piece, whole, Integer.toString(8 * at));
      }
      add("st." + space + ".u" + 8 * size, place(address, index, at), piece);
    }
  }
}
