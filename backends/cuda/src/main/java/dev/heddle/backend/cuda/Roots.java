package dev.heddle.backend.cuda;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How a kernel's memory objects are declared and addressed. */
final class Roots {
  /** What a module may declare of shared memory; more has to be asked for at launch. */
  private static final long MOST_STATIC_SHARED = 48 << 10;

  private static final String DYNAMIC = "heddle_local";
  private static final int ALIGNMENT = 16;

  private final Function kernel;
  private final Registers registers;
  private final Names names;
  private final Set<Integer> readOnly;
  private final Map<Root, Integer> objects = new HashMap<>();
  private final Map<Root, Long> dynamicStarts = new HashMap<>();
  private final Map<Root, String> bases = new LinkedHashMap<>();
  private final long dynamicShared;

  /**
   * @param readOnly buffer parameters that are loaded past the coherent caches
   */
  Roots(Function kernel, Registers registers, Names names, Set<Integer> readOnly) {
    this.kernel = kernel;
    this.registers = registers;
    this.names = names;
    this.readOnly = readOnly;
    long shared = 0;
    for (int i = 0; i < kernel.objects().size(); i++) {
      Root root = kernel.objects().get(i);
      objects.put(root, i);
      if (root instanceof Root.Array array && array.space() == AddressSpace.LOCAL) {
        dynamicStarts.put(root, shared);
        shared += aligned(array.bytes());
      }
    }
    // sixteen bytes are left for what divergent barriers need
    boolean fits = shared <= MOST_STATIC_SHARED - ALIGNMENT;
    dynamicShared = fits ? 0 : shared;
    if (fits) {
      dynamicStarts.clear();
    }
  }

  private static long aligned(long bytes) {
    return Math.ceilDiv(Math.max(1, bytes), ALIGNMENT) * ALIGNMENT;
  }

  /** Bytes of dynamic shared memory before the local parameters. */
  long dynamicShared() {
    return dynamicShared;
  }

  /** The state space as instructions name it. */
  static String space(Root root) {
    return switch (root) {
      // a module's constant bank is small, and slow where work-items read different places
      case Root.Buffer buffer -> "global";
      case Root.Table table -> "global";
      case Root.LocalParameter local -> "shared";
      case Root.Array array -> array.space() == AddressSpace.LOCAL ? "shared" : "local";
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** The state space of a load, with the path that it takes. */
  String loadSpace(Root root) {
    boolean constant =
        root instanceof Root.Table
            || root instanceof Root.Buffer buffer && readOnly.contains(buffer.parameter());
    return constant ? "global.nc" : space(root);
  }

  /**
   * What stands between the brackets for the byte at {@code offset}, but for a displacement.
   *
   * @param offset a 64-bit register or an immediate
   */
  String address(PtxCode code, Root root, String offset) {
    String base = base(root);
    boolean narrow = space(root).equals("shared");
    if (offset.startsWith("%")) {
      if (!narrow) {
        String sum = registers.b64();
        code.add("add.s64", sum, base, offset);
        return sum;
      }
      String low = registers.b32();
      code.add("cvt.u32.u64", low, offset);
      code.add("add.s32", low, low, base);
      return low;
    }
    if (offset.equals("0")) {
      return base;
    }
    String sum = narrow ? registers.b32() : registers.b64();
    code.add(narrow ? "add.s32" : "add.s64", sum, base, offset);
    return sum;
  }

  /** The register with the address of a root's first byte. */
  private String base(Root root) {
    if (root instanceof Root.Formal formal) {
      throw notInlined(formal);
    }
    return bases.computeIfAbsent(
        root, key -> space(key).equals("shared") ? registers.b32() : registers.b64());
  }

  /** Sets the registers with addresses. */
  void define(PtxCode code) {
    bases.forEach(
        (root, to) -> {
          switch (root) {
            case Root.Buffer buffer ->
                code.add("ld.param.b64", to, "[argument" + buffer.parameter() + "]");
            case Root.LocalParameter local -> {
              code.add("cvt.u32.u64", to, names.hidden(Kind.LOCAL_START, local.parameter()));
              addToDynamic(code, to);
            }
            case Root.Array array -> defineArray(code, array, to);
            case Root.Table table -> code.add("mov.u64", to, "table" + number(table));
            case Root.Formal formal -> throw notInlined(formal);
          }
        });
  }

  private void defineArray(PtxCode code, Root.Array array, String to) {
    if (array.space() == AddressSpace.PRIVATE) {
      code.add("mov.u64", to, "array" + number(array));
    } else if (dynamicShared == 0) {
      code.add("mov.u32", to, "array" + number(array));
    } else {
      code.add("mov.u32", to, Long.toString(start(array)));
      addToDynamic(code, to);
    }
  }

  private void addToDynamic(PtxCode code, String to) {
    String start = registers.b32();
    code.add("mov.u32", start, DYNAMIC);
    code.add("add.s32", to, to, start);
  }

  private long start(Root.Array array) {
    Long start = dynamicStarts.get(array);
    if (start == null) {
      throw new IllegalArgumentException("array " + array.name() + " of another function");
    }
    return start;
  }

  /** A register or immediate with the size in bytes. */
  String size(Root root) {
    return switch (root) {
      case Root.Buffer buffer -> names.hidden(Kind.ROOT_SIZE, buffer.parameter());
      case Root.LocalParameter local -> names.hidden(Kind.ROOT_SIZE, local.parameter());
      case Root.Array array -> Long.toString(array.bytes());
      case Root.Table table -> Integer.toString(table.content().length());
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** A register or immediate with the number of bytes there are to touch. */
  String extent(Root root) {
    return root instanceof Root.Buffer buffer
        ? names.hidden(Kind.WINDOW_SIZE, buffer.parameter())
        : size(root);
  }

  /** {@code offset} counted from the first byte there is to touch. */
  String inWindow(PtxCode code, Root root, String offset) {
    if (!(root instanceof Root.Buffer buffer)) {
      return offset;
    }
    String inside = registers.b64();
    code.add("sub.s64", inside, offset, names.hidden(Kind.WINDOW_START, buffer.parameter()));
    return inside;
  }

  /** What stands before the entry. */
  String declarations() {
    StringBuilder text = new StringBuilder();
    boolean dynamic = dynamicShared > 0;
    for (Parameter parameter : kernel.parameters()) {
      dynamic |=
          parameter instanceof Parameter.Pointer pointer
              && pointer.root() instanceof Root.LocalParameter;
    }
    if (dynamic) {
      text.append(".extern .shared .align %d .b8 %s[];\n".formatted(ALIGNMENT, DYNAMIC));
    }
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Table table) {
        text.append(declaration(table));
      }
    }
    return text.toString();
  }

  private String declaration(Root.Table table) {
    Bytes content = table.content();
    StringBuilder text = new StringBuilder();
    text.append(
        ".global .align %d .b8 table%d[%d] = {"
            .formatted(ALIGNMENT, number(table), Math.max(1, content.length())));
    for (int i = 0; i < content.length(); i++) {
      text.append(i == 0 ? "" : i % 32 == 0 ? ",\n  " : ", ").append(content.at(i) & 0xFF);
    }
    return text.append(content.length() == 0 ? "0};\n" : "};\n").toString();
  }

  /** Declares the arrays that lie within the entry. */
  String arrays() {
    StringBuilder text = new StringBuilder();
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Array array && !(isLocal(array) && dynamicShared > 0)) {
        text.append(
            "  .%s .align %d .b8 array%d[%d];\n"
                .formatted(space(array), ALIGNMENT, number(array), aligned(array.bytes())));
      }
    }
    return text.toString();
  }

  private static boolean isLocal(Root root) {
    return root.space() == AddressSpace.LOCAL;
  }

  /** Whether there is memory that a group shares. */
  boolean shares() {
    return kernel.objects().stream().anyMatch(Roots::isLocal)
        || kernel.parameters().stream().anyMatch(Roots::isLocalParameter);
  }

  private static boolean isLocalParameter(Parameter parameter) {
    return parameter instanceof Parameter.Pointer pointer
        && pointer.root() instanceof Root.LocalParameter;
  }

  /** Zeroes all memory that has no content yet; the group has to wait for it then. */
  void zero(PtxCode code) {
    Zeroing zeroing = new Zeroing(code, registers, names);
    for (Parameter parameter : kernel.parameters()) {
      if (parameter instanceof Parameter.Pointer pointer
          && pointer.root() instanceof Root.LocalParameter local) {
        zeroing.together(base(local), size(local));
      }
    }
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Array array) {
        if (isLocal(array)) {
          zeroing.together(base(array), size(array));
        } else {
          zeroing.alone(base(array), array.bytes());
        }
      }
    }
  }

  private int number(Root root) {
    Integer number = objects.get(root);
    if (number == null) {
      throw new IllegalArgumentException("object " + root.name() + " of another function");
    }
    return number;
  }

  private static IllegalArgumentException notInlined(Root.Formal formal) {
    return new IllegalArgumentException("pointer parameter " + formal.name() + " is not inlined");
  }
}
