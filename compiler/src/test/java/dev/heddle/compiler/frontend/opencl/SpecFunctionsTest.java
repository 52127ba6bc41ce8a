package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of OpenCL C 1.2, sections 6.12.2 to 6.12.6 and 6.12.12, in every type and width
 * that the specification gives it: the components of a vector result are those of scalar calls.
 */
class SpecFunctionsTest {
  private static final int[] WIDTHS = {2, 3, 4, 8, 16};
  private static final int COUNT = 48;

  /**
   * One function: name, result, parameters, element types.
   *
   * <p>Letters of results and parameters: g the type itself, i int, u the unsigned type, s the
   * signed integer of the same size (for a scalar result int), n an unsigned integer of the same
   * size, w the integer twice as wide, P a pointer to g, I a pointer to int, e the element type
   * though the others are vectors. Types: f float and double, t float alone, a all integers, l
   * integers up to 32 bits, m int and uint.
   */
  private static final String TABLE =
      """
      acos g g f; acosh g g f; acospi g g f; asin g g f; asinh g g f; asinpi g g f; atan g g f
      atan2 g gg f; atanh g g f; atanpi g g f; atan2pi g gg f; cbrt g g f; ceil g g f
      copysign g gg f; cos g g f; cosh g g f; cospi g g f; erfc g g f; erf g g f; exp g g f
      exp2 g g f; exp10 g g f; expm1 g g f; fabs g g f; fdim g gg f; floor g g f; fma g ggg f
      fmax g gg f; fmax g ge f; fmin g gg f; fmin g ge f; fmod g gg f; fract g gP f; frexp g gI f
      hypot g gg f; ilogb i g f; ldexp g gi f; ldexp g gj f
      lgamma g g f; lgamma_r g gI f; log g g f; log2 g g f; log10 g g f; log1p g g f; logb g g f; mad g ggg f; maxmag g gg f
      minmag g gg f; modf g gP f; nan g n f; nextafter g gg f; pow g gg f; pown g gi f; powr g gg f
      remainder g gg f; remquo g ggI f; rint g g f; rootn g gi f; round g g f; rsqrt g g f
      sin g g f; sincos g gP f; sinh g g f; sinpi g g f; sqrt g g f; tan g g f; tanh g g f
      tanpi g g f; tgamma g g f; trunc g g f
      half_cos g g t; half_divide g gg t; half_exp g g t; half_exp2 g g t; half_exp10 g g t
      half_log g g t; half_log2 g g t; half_log10 g g t; half_powr g gg t; half_recip g g t
      half_rsqrt g g t; half_sin g g t; half_sqrt g g t; half_tan g g t
      native_cos g g t; native_divide g gg t; native_exp g g t; native_exp2 g g t
      native_exp10 g g t; native_log g g t; native_log2 g g t; native_log10 g g t
      native_powr g gg t; native_recip g g t; native_rsqrt g g t; native_sin g g t
      native_sqrt g g t; native_tan g g t
      abs u g a; abs_diff u gg a; add_sat g gg a; hadd g gg a; rhadd g gg a; clamp g ggg a
      clamp g gee a; clz g g a; mad_hi g ggg a; mad_sat g ggg a; max g gg a; max g ge a; min g gg a
      min g ge a; mul_hi g gg a; rotate g gg a; sub_sat g gg a; upsample w gn l; popcount g g a
      mad24 g ggg m; mul24 g gg m
      clamp g ggg f; clamp g gee f; degrees g g f; max g gg f; max g ge f; min g gg f; min g ge f
      mix g ggg f; mix g gge f; radians g g f; step g gg f; step g eg f; smoothstep g ggg f
      smoothstep g eeg f; sign g g f
      isequal s gg f; isnotequal s gg f; isgreater s gg f; isgreaterequal s gg f; isless s gg f
      islessequal s gg f; islessgreater s gg f; isfinite s g f; isinf s g f; isnan s g f
      isnormal s g f; isordered s gg f; isunordered s gg f; signbit s g f
      bitselect g ggg f; bitselect g ggg a; select g ggS f; select g ggn f; select g ggS a
      select g ggn a
      """;

  /** Those that do not work on each component alone. */
  private static final Set<String> OTHERS =
      Set.of(
          "any",
          "all",
          "cross",
          "dot",
          "distance",
          "length",
          "normalize",
          "fast_distance",
          "fast_length",
          "fast_normalize",
          "shuffle",
          "shuffle2");

  record Row(String name, String result, String parameters, String types) {
    @Override
    public String toString() {
      return name + " " + result + " (" + parameters + ") " + types;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(TABLE.replace("\n", ";").split(";"))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(" "))
        .map(words -> new Row(words[0], words[1], words[2], words[3]));
  }

  private static List<String> elements(String types) {
    return switch (types) {
      case "f" -> List.of("float", "double");
      case "t" -> List.of("float");
      case "m" -> List.of("int", "uint");
      case "l" -> List.of("char", "uchar", "short", "ushort", "int", "uint");
      default -> List.of("char", "uchar", "short", "ushort", "int", "uint", "long", "ulong");
    };
  }

  private static int bytes(String element) {
    return switch (element.charAt(element.charAt(0) == 'u' ? 1 : 0)) {
      case 'c' -> 1;
      case 's' -> 2;
      case 'i', 'f' -> 4;
      default -> 8;
    };
  }

  private static String integer(int bytes, boolean signed) {
    String name = List.of("char", "short", "int", "long").get(Integer.numberOfTrailingZeros(bytes));
    return signed ? name : "u" + name;
  }

  /** The element type that a letter stands for. */
  private static String element(char letter, String element, int width) {
    return switch (letter) {
      case 'g', 'e', 'P' -> element;
      case 'i', 'j', 'I' -> "int";
      case 'u', 'n' -> integer(bytes(element), false);
      case 'S' -> integer(bytes(element), true);
      case 's' -> width == 1 ? "int" : integer(bytes(element), true);
      case 'w' -> integer(2 * bytes(element), element.charAt(0) != 'u');
      default -> throw new IllegalArgumentException("letter " + letter);
    };
  }

  private static String vector(String element, int width) {
    return width == 1 ? element : element + width;
  }

  private static boolean oneForAll(char letter) {
    return letter == 'e' || letter == 'j';
  }

  /**
   * Calls with vectors of that width, the results stored as longs or doubles, second results too.
   */
  private static String kernel(Row row, String element, int width) {
    StringBuilder code = new StringBuilder("__kernel void k(");
    boolean real = element.equals("float") || element.equals("double");
    for (int i = 0; i < 3; i++) {
      code.append("__global const ").append(real ? "double" : "long").append("* in").append(i);
      code.append(", ");
    }
    code.append("__global double* out, __global double* second) {\n");
    code.append("  size_t i = get_global_id(0);\n");
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < row.parameters.length(); i++) {
      char letter = row.parameters.charAt(i);
      String own = element(letter, element, width);
      String name = "a" + i;
      int wide = oneForAll(letter) ? 1 : width;
      code.append("  ").append(vector(own, wide)).append(" ").append(name).append(";\n");
      boolean pointer = letter == 'P' || letter == 'I';
      if (!pointer) {
        assign(code, name, own, wide, oneForAll(letter) ? "0" : "%d", i);
      }
      arguments.add(pointer ? "&" + name : name);
    }
    String result = element(row.result.charAt(0), element, width);
    code.append("  ").append(vector(result, width)).append(" r = ").append(row.name);
    code.append("(").append(String.join(", ", arguments)).append(");\n");
    char last = row.parameters.charAt(row.parameters.length() - 1);
    for (int c = 0; c < width; c++) {
      String component = width == 1 ? "" : ".s" + Integer.toHexString(c);
      String at = "[i * " + width + " + " + c + "] = ";
      // a scalar test gives 1, a vector's -1
      boolean test = row.result.equals("s");
      String value = "r" + component;
      code.append("  out").append(at).append(test ? value + " != 0" : value).append(";\n");
      if (last == 'P' || last == 'I') {
        code.append("  second").append(at).append("a").append(row.parameters.length() - 1);
        code.append(component).append(";\n");
      }
    }
    return code.append("}\n").toString();
  }

  private static void assign(
      StringBuilder code, String name, String own, int wide, String index, int input) {
    for (int c = 0; c < wide; c++) {
      String component = wide == 1 ? "" : ".s" + Integer.toHexString(c);
      String at = index.equals("0") ? "0" : "i * " + wide + " + " + c;
      code.append("  ").append(name).append(component).append(" = (").append(own).append(") in");
      code.append(input).append("[").append(at).append("];\n");
    }
  }

  private static final double[] REALS = {
    0,
    1,
    -1,
    0.5,
    2.25,
    -3.75,
    1e-3,
    17,
    -0.0,
    100,
    1e20,
    -1e-30,
    Double.POSITIVE_INFINITY,
    Double.NaN,
    0.875,
    3
  };

  private static final long[] INTEGERS = {
    0,
    1,
    -1,
    127,
    128,
    5,
    255,
    32767,
    65535,
    0x7fffffffL,
    0x80000000L,
    Long.MAX_VALUE,
    77,
    -100,
    Long.MIN_VALUE,
    3
  };

  private static Object input(boolean real, int number) {
    double[] reals = new double[COUNT];
    long[] integers = new long[COUNT];
    for (int i = 0; i < COUNT; i++) {
      reals[i] = REALS[(i * (2 * number + 1) + i / 16) % 16];
      integers[i] = INTEGERS[(i * (2 * number + 1) + i / 16) % 16];
    }
    return real ? reals : integers;
  }

  private static double[][] run(Row row, String element, int width) {
    boolean real = element.equals("float") || element.equals("double");
    double[] out = new double[COUNT];
    double[] second = new double[COUNT];
    KernelRunner.of(kernel(row, element, width))
        .run(COUNT / width, 1, input(real, 0), input(real, 1), input(real, 2), out, second);
    return new double[][] {out, second};
  }

  @ParameterizedTest
  @MethodSource("rows")
  void vectorsAreAsScalars(Row row) {
    for (String element : elements(row.types)) {
      double[][] scalars = run(row, element, 1);
      for (int width : WIDTHS) {
        double[][] vectors = run(row, element, width);
        String what = row.name + " of " + element + width;
        // a choice by a vector looks at the sign, one by a scalar at all bits
        if (!row.name.equals("select")) {
          assertArrayEquals(scalars[0], vectors[0], what);
          assertArrayEquals(scalars[1], vectors[1], what + ", second result");
        }
      }
    }
  }

  @Test
  void selectOfVectorsLooksAtTheSign() {
    int[] out = new int[3];
    KernelRunner.body(
            "int",
            "int3 r = select((int3)(1, 2, 3), (int3)(10, 20, 30), (int3)(-1, 1, INT_MIN));"
                + " vstore3(r, 0, out);")
        .run(1, 1, (Object) out);
    assertArrayEquals(new int[] {10, 2, 30}, out);
  }

  /** No builtin of the table is unknown, and none that is known is left out of the table. */
  @Test
  void theTableNamesAllFunctions() {
    Set<String> named = new HashSet<>(OTHERS);
    rows().map(Row::name).forEach(named::add);
    List<String> unknown = named.stream().filter(name -> Builtins.find(name) == null).toList();
    assertEquals(List.of(), unknown);
    assertTrue(named.size() > 140, "only " + named.size());
  }
}
