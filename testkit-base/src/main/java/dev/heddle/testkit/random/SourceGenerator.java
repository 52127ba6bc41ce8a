package dev.heddle.testkit.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes the statements of a {@link RandomSource}. */
final class SourceGenerator {
  private static final int MAX_DEPTH = 3;
  private static final List<String> SCALARS =
      List.of("char", "uchar", "short", "ushort", "int", "uint", "long", "ulong", "float");
  private static final List<String> VECTORS =
      List.of("int2", "int4", "uint4", "float2", "float4", "uchar4", "short8", "long2", "int3");
  private static final List<String> DOUBLES = List.of("double", "double2");
  private static final int VARIABLES = 2;

  /** An index that no output has. */
  static final String BEYOND = "0x100000";

  private final Random random;
  private final List<String> types;
  private final SourceExpressions expressions;
  private int budget;
  private int loops;

  SourceGenerator(long seed, boolean doubles) {
    this.random = new Random(seed);
    this.types = types(doubles);
    this.expressions = new SourceExpressions(random, types);
    this.budget = 10 + random.nextInt(40);
  }

  static List<String> types(boolean doubles) {
    List<String> types = new ArrayList<>(SCALARS);
    types.addAll(VECTORS);
    if (doubles) {
      types.addAll(DOUBLES);
    }
    return types;
  }

  static String variable(String type, int index) {
    return type + "_" + index;
  }

  RandomSource kernel() {
    List<SourceStatement> all = new ArrayList<>(declarations());
    all.addAll(block(0, true));
    all.addAll(results());
    return new RandomSource(all);
  }

  /** What stands before the statements. */
  static String head() {
    return """
    typedef struct { char c; int i; float4 v; short s[3]; ulong l; } S;
    typedef union { int i; float f; uchar b[4]; } U;
    __constant int table[8] = {3, -1, 7, 0x7fffffff, 0, -2147483647, 12, 5};
    static int twist(int x, uint y) { return (x << (y & 31)) ^ (int)(y * 2654435761u); }
    static float blend(float x, float y) { if (x < y) return y - x; return x * 0.5f + y; }
    __kernel void fuzz(int n, float a, __global const int *in, __global const uchar *bytes,
        __global int *cells, __local int *scratch, __global uchar *out) {
      int gid = (int)get_global_id(0);
    """;
  }

  /** All variables, with values that differ from item to item. */
  private List<SourceStatement> declarations() {
    List<SourceStatement> declarations = new ArrayList<>();
    for (String line :
        List.of(
            "int lid = (int)get_local_id(0);",
            "int size = (int)get_local_size(0);",
            "int k0 = 0, k1 = 0, k2 = 0, k3 = 0;",
            "int own[8];\nfor (int i = 0; i < 8; i++) own[i] = in[i] ^ gid;",
            "S s = {(char)gid, gid * 3, (float4)(a), {1, 2, 3}, 9};",
            "S t = {7, gid, (float4)(gid), {5, gid, 3}, 1};",
            "U u;\nu.i = gid;",
            "__global uchar *mine = out + gid * 512;")) {
      declarations.add(SourceStatement.of(line));
    }
    for (String type : types) {
      for (int i = 0; i < VARIABLES; i++) {
        declarations.add(
            SourceStatement.of(
                type + " " + variable(type, i) + " = (" + type + ")(gid * " + (i + 3) + " - 7);"));
      }
    }
    return declarations;
  }

  /** Everything goes into the item's part of the output. */
  private List<SourceStatement> results() {
    List<SourceStatement> results = new ArrayList<>();
    int offset = 0;
    for (String type : types) {
      // a vector of three takes the room of four
      int bytes = type.equals("int3") ? 16 : bytes(type);
      offset = (offset + bytes - 1) / bytes * bytes;
      String variable = variable(type, 0);
      results.add(
          SourceStatement.of(
              type.equals("int3")
                  ? "vstore3(" + variable + ", 0, (__global int *)(mine + " + offset + "));"
                  : "*(__global " + type + " *)(mine + " + offset + ") = " + variable + ";"));
      offset += bytes;
    }
    offset = (offset + 15) / 16 * 16;
    results.add(SourceStatement.of("*(__global S *)(mine + " + offset + ") = s;"));
    results.add(
        SourceStatement.of("*(__global int *)(mine + " + (offset + 64) + ") = u.i + own[3];"));
    return results;
  }

  private static int bytes(String type) {
    int digits = type.length();
    while (Character.isDigit(type.charAt(digits - 1))) {
      digits--;
    }
    int lanes = digits == type.length() ? 1 : Integer.parseInt(type.substring(digits));
    String base = type.substring(0, digits);
    int one = base.contains("char") ? 1 : base.contains("short") ? 2 : isWide(base) ? 8 : 4;
    return lanes * one;
  }

  private static boolean isWide(String base) {
    return Set.of("long", "ulong", "double").contains(base);
  }

  // ---- statements

  /**
   * @param together whether all items come here
   */
  private List<SourceStatement> block(int depth, boolean together) {
    List<SourceStatement> block = new ArrayList<>();
    int count = 1 + random.nextInt(depth == 0 ? 25 : 5);
    for (int i = 0; i < count && budget > 0; i++) {
      budget--;
      block.add(statement(depth, together));
    }
    return block;
  }

  private SourceStatement statement(int depth, boolean together) {
    int kind = random.nextInt(40);
    if (kind < 8 && depth < MAX_DEPTH) {
      return control(depth, kind);
    }
    if (kind < 11 && together) {
      return exchange();
    }
    return switch (kind) {
      case 11, 12 -> atomic();
      case 13 -> wildStore();
      case 14 -> structure();
      case 15, 16 -> SourceStatement.of("own[$0] = $1;", expressions.index(8), value("int"));
      case 17 -> SourceStatement.of("u.f = $0;", value("float"));
      case 18 -> SourceStatement.of("u.b[$0] = $1;", expressions.index(4), value("uchar"));
      case 19 -> SourceStatement.of("u.i = $0;", value("int"));
      case 20 -> component();
      case 21 -> compound();
      default -> assignment();
    };
  }

  private SourceExpression value(String type) {
    return expressions.of(type, 3);
  }

  private SourceStatement assignment() {
    String type = types.get(random.nextInt(types.size()));
    String target = variable(type, random.nextInt(VARIABLES));
    return SourceStatement.of(target + " = $0;", value(type));
  }

  private SourceStatement compound() {
    String type = List.of("int", "uint", "long", "int4", "short8").get(random.nextInt(5));
    String operator = List.of("+=", "-=", "*=", "^=", "|=", "&=").get(random.nextInt(6));
    return SourceStatement.of(variable(type, 0) + " " + operator + " $0;", value(type));
  }

  private SourceStatement component() {
    return switch (random.nextInt(5)) {
      case 0 -> SourceStatement.of("int4_0.zx = $0;", value("int2"));
      case 1 -> SourceStatement.of("float4_1.w = $0;", value("float"));
      case 2 -> SourceStatement.of("short8_0.s5 = $0;", value("short"));
      case 3 -> SourceStatement.of("uint4_1.hi = as_uint2($0);", value("int2"));
      default -> SourceStatement.of("int3_0.y = $0;", value("int"));
    };
  }

  private SourceStatement structure() {
    return switch (random.nextInt(6)) {
      case 0 -> SourceStatement.of("s = t;");
      case 1 -> SourceStatement.of("t = s;");
      case 2 -> SourceStatement.of("s.i = $0;", value("int"));
      case 3 -> SourceStatement.of("t.v = $0;", value("float4"));
      case 4 -> SourceStatement.of("s.s[$0] = $1;", expressions.index(3), value("short"));
      default -> SourceStatement.of("t.c = $0; s.l += $1;", value("char"), value("ulong"));
    };
  }

  /** Each cell sees one operator alone, so that the order does not show. */
  private SourceStatement atomic() {
    String[] operators = {"add", "min", "max", "or", "xor", "and", "sub"};
    int operator = random.nextInt(operators.length);
    String cell = "cells + " + 4 * operator + " + ($0 & 3)";
    return SourceStatement.of(
        "atomic_" + operators[operator] + "(" + cell + ", $1);", value("int"), value("int"));
  }

  /** Into the item's own part, or beyond the end. */
  private SourceStatement wildStore() {
    return SourceStatement.of(
        "if ($0) ((__global int *)out)[" + BEYOND + " + ($1 & 0xff)] = $2;",
        value("int"),
        value("int"),
        value("int"));
  }

  /** Each item shows a value to the others and reads that of another. */
  private SourceStatement exchange() {
    int distance = 1 + random.nextInt(7);
    return SourceStatement.of(
        "scratch[lid] = $0; barrier(CLK_LOCAL_MEM_FENCE); int_1 = scratch[(lid + "
            + distance
            + ") % size]; barrier(CLK_LOCAL_MEM_FENCE);",
        value("int"));
  }

  private SourceStatement control(int depth, int kind) {
    String counter = "k" + depth;
    int trips = 1 + random.nextInt(5);
    String loop = "for (" + counter + " = 0; " + counter + " < " + trips + "; " + counter + "++) ";
    return switch (kind) {
      case 0, 1 ->
          new SourceStatement(
              "if ($0) {#0}", List.of(value("int")), List.of(block(depth + 1, false)));
      case 2, 3 ->
          new SourceStatement(
              "if ($0) {#0} else {#1}",
              List.of(value("int")),
              List.of(block(depth + 1, false), block(depth + 1, false)));
      case 4 -> new SourceStatement(loop + "{#0}", List.of(), List.of(block(depth + 1, false)));
      case 5 ->
          new SourceStatement(
              loop + "{ if ($0) " + leave() + ";#0}",
              List.of(value("int")),
              List.of(block(depth + 1, false)));
      case 6 ->
          new SourceStatement(
              counter + " = 0;\ndo {#0} while (++" + counter + " < " + trips + " && $0);",
              List.of(value("int")),
              List.of(block(depth + 1, false)));
      default ->
          new SourceStatement(
              "switch ($0 & 3) { case 0: {#0} break; case 2: {#1} default: {#2} }",
              List.of(value("int")),
              List.of(block(depth + 1, false), block(depth + 1, false), block(depth + 1, false)));
    };
  }

  private String leave() {
    loops++;
    return loops % 2 == 0 ? "break" : "continue";
  }
}
