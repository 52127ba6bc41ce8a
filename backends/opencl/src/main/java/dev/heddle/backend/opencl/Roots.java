package dev.heddle.backend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Bytes;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.support.HiddenParameter.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How a kernel's memory objects are declared and addressed. */
final class Roots {
  private final Function kernel;
  private final Names names;
  private final Map<Root, Integer> objects = new HashMap<>();

  Roots(Function kernel, Names names) {
    this.kernel = kernel;
    this.names = names;
    for (int i = 0; i < kernel.objects().size(); i++) {
      objects.put(kernel.objects().get(i), i);
    }
  }

  /** The address space qualifier. */
  static String space(Root root) {
    return switch (root) {
      // a __constant parameter may be larger than what devices offer as constant memory
      case Root.Buffer buffer -> "__global";
      case Root.Table table -> "__constant";
      case Root.LocalParameter local -> "__local";
      case Root.Array array -> array.space() == AddressSpace.LOCAL ? "__local" : "__private";
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** A pointer to the byte at {@code offset}, an expression. */
  String address(Root root, String offset) {
    return switch (root) {
      case Root.Buffer buffer ->
          "buffer%d + (%s - %s)"
              .formatted(
                  buffer.parameter(), offset, names.hidden(Kind.WINDOW_START, buffer.parameter()));
      case Root.LocalParameter local ->
          "(__local uchar *)local%d + %s".formatted(local.parameter(), offset);
      case Root.Array array ->
          "(%s uchar *)array%d + %s".formatted(space(array), number(array), offset);
      case Root.Table table -> "(__constant uchar *)table%d + %s".formatted(number(table), offset);
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** The size in bytes. */
  String size(Root root) {
    return switch (root) {
      case Root.Buffer buffer -> names.hidden(Kind.ROOT_SIZE, buffer.parameter());
      case Root.LocalParameter local -> names.hidden(Kind.ROOT_SIZE, local.parameter());
      case Root.Array array -> array.bytes() + "ul";
      case Root.Table table -> table.content().length() + "ul";
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** The number of bytes there are to touch, and where in the root they begin. */
  String extent(Root root) {
    return root instanceof Root.Buffer buffer
        ? names.hidden(Kind.WINDOW_SIZE, buffer.parameter())
        : size(root);
  }

  /** {@code offset} counted from the first byte there is to touch. */
  String inWindow(Root root, String offset) {
    return root instanceof Root.Buffer buffer
        ? offset + " - " + names.hidden(Kind.WINDOW_START, buffer.parameter())
        : offset;
  }

  /** A short name that tells roots apart. */
  String name(Root root) {
    return switch (root) {
      case Root.Buffer buffer -> "buffer" + buffer.parameter();
      case Root.LocalParameter local -> "local" + local.parameter();
      case Root.Array array -> "array" + number(array);
      case Root.Table table -> "table" + number(table);
      case Root.Formal formal -> throw notInlined(formal);
    };
  }

  /** The program-scope tables. */
  String tables() {
    StringBuilder text = new StringBuilder();
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Table table) {
        text.append("__constant ulong table%d[] = {".formatted(number(table)));
        text.append(words(table.content())).append("};\n");
      }
    }
    return text.toString();
  }

  private static String words(Bytes content) {
    int count = Math.max(1, Math.ceilDiv(content.length(), Long.BYTES));
    ByteBuffer padded =
        ByteBuffer.allocate(count * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(0, content.toArray());
    List<String> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      words.add("0x" + Long.toHexString(padded.getLong(i * Long.BYTES)) + "ul");
    }
    return String.join(", ", words);
  }

  /** Declares the arrays, zeroes all memory that has no content yet, and waits for the group. */
  void declareArrays(CodeWriter code) {
    boolean shared = false;
    for (Root root : kernel.objects()) {
      if (root instanceof Root.Array array) {
        code.line(declaration(array));
        shared |= array.space() == AddressSpace.LOCAL;
      }
    }
    for (Root root : localRoots()) {
      shared = true;
      zero(code, root);
    }
    if (shared) {
      code.line("barrier(CLK_LOCAL_MEM_FENCE);");
    }
  }

  private String declaration(Root.Array array) {
    String name = "array" + number(array) + "[" + Math.max(1, longs(array)) + "]";
    return array.space() == AddressSpace.LOCAL
        ? "__local ulong " + name + ";"
        : "ulong " + name + " = {0};";
  }

  private static long longs(Root.Array array) {
    return Math.ceilDiv(array.bytes(), Long.BYTES);
  }

  private List<Root> localRoots() {
    List<Root> local = new ArrayList<>();
    for (Parameter parameter : kernel.parameters()) {
      if (parameter instanceof Parameter.Pointer pointer
          && pointer.root() instanceof Root.LocalParameter root) {
        local.add(root);
      }
    }
    for (Root root : kernel.objects()) {
      if (root.space() == AddressSpace.LOCAL) {
        local.add(root);
      }
    }
    return local;
  }

  private void zero(CodeWriter code, Root root) {
    String words =
        root instanceof Root.Array array ? longs(array) + "ul" : "(" + size(root) + " + 7) / 8";
    code.open("for (ulong i = local_item(); i < " + words + "; i += local_items())");
    code.line(name(root) + "[i] = 0;");
    code.close();
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
