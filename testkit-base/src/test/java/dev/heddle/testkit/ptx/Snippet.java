package dev.heddle.testkit.ptx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs single instructions over registers %d (result), %a, %b, %c and %e. */
final class Snippet {
  static final String HEAD =
      """
      .version 7.0
      .target sm_75
      .address_size 64
      """;
  private static final String[] SOURCES = {"a", "b", "c", "e"};

  private Snippet() {}

  /**
   * What %d holds after the instruction.
   *
   * @param types of %d and then of the sources, such as "s32 s32 u32"
   */
  static long run(String types, String instruction, long... inputs) {
    String[] names = types.split(" ");
    StringBuilder text = new StringBuilder(HEAD).append(".visible .entry k(.param .b64 out");
    for (int i = 0; i < inputs.length; i++) {
      text.append(", .param .b64 p").append(i);
    }
    text.append(") {\n.reg .b64 %out, %t;\n.reg .pred %q;\n");
    text.append(".reg .").append(names[0]).append(" %d;\nld.param.b64 %out, [out];\n");
    for (int i = 0; i < inputs.length; i++) {
      String source = "%" + SOURCES[i];
      text.append(".reg .").append(names[i + 1]).append(" ").append(source).append(";\n");
      text.append(load(names[i + 1], source, i));
    }
    text.append(instruction).append("\n").append(store(names[0])).append("ret;\n}\n");
    return execute(text.toString(), inputs);
  }

  private static String load(String type, String register, int parameter) {
    if (type.equals("pred")) {
      return "ld.param.b64 %t, [p" + parameter + "];\nsetp.ne.b64 " + register + ", %t, 0;\n";
    }
    return "ld.param.b" + type.substring(1) + " " + register + ", [p" + parameter + "];\n";
  }

  private static String store(String type) {
    if (type.equals("pred")) {
      return "selp.b64 %t, 1, 0, %d;\nst.global.b64 [%out], %t;\n";
    }
    return "st.global.b" + type.substring(1) + " [%out], %d;\n";
  }

  private static long execute(String text, long... inputs) {
    DeviceMemory memory = new DeviceMemory();
    long out = memory.allocate(8);
    memory.fill(out, (byte) 0, 8);
    long[] parameters = new long[inputs.length + 1];
    parameters[0] = out;
    System.arraycopy(inputs, 0, parameters, 1, inputs.length);
    launch(text, memory, 1, 1, parameters);
    return ByteBuffer.wrap(memory.read(out, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Runs kernel "k" of a file whose parameters are all 64 bits wide. */
  static void launch(
      String text, DeviceMemory memory, int blocks, int threads, long... parameters) {
    PtxModule.load(text, memory)
        .kernel("k")
        .launch(
            PtxLaunch.of(
                new PtxLaunch.Size(blocks, 1, 1),
                new PtxLaunch.Size(threads, 1, 1),
                bytes(parameters)));
  }

  static byte[] bytes(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }
}
