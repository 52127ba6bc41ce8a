package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.diagnostic.CompileException;
import org.junit.jupiter.api.Test;

/** What real kernel files use though OpenCL C 1.2 does not name it, as common compilers take it. */
class BeyondTheStandardTest {
  private static int[] run(String body, int items) {
    int[] out = new int[items];
    KernelRunner.body("int", body).run(items, 1, out);
    return out;
  }

  @Test
  void aVectorsComponentIsChosenAtRunTime() {
    assertArrayEquals(
        new int[] {10, 21, 32, 43},
        run("int4 v = (int4)(10, 20, 30, 40); v[i] += i; out[i] = v[i];", 4));
    assertArrayEquals(
        new int[] {3, 4, 5},
        run(
            "struct { int a; short4 v[2]; } s; s.v[1] = (short4)(3, 4, 5, 6); out[i] = s.v[1][i];",
            3));
  }

  @Test
  void stringsAreTables() {
    assertArrayEquals(
        new int[] {'a', 'b', 0}, run("const char* text = \"a\" \"b\"; out[i] = text[i];", 3));
    assertArrayEquals(new int[] {'x', 'y'}, run("out[i] = (i == 0 ? \"xy\" : \"zy\")[i];", 2));
  }

  @Test
  void aVariableInItsOwnInitialiserIsZero() {
    assertArrayEquals(
        new int[] {7, 10}, run("int x = x + 7; int y = i ? y + 3 : y; out[i] = x + y;", 2));
  }

  @Test
  void upsampleTakesTwoSignedIntegers() {
    assertArrayEquals(
        new int[] {1 << 16 | 0xffff}, run("out[i] = upsample((short) 1, (short) -1);", 1));
  }

  @Test
  void hintsOfClangHaveNoEffectButTheirValue() {
    assertArrayEquals(
        new int[] {5, 6},
        run("out[i] = __builtin_expect(i, 1) ? 6 : 5; __builtin_assume(out[i]++ > 0);", 2));
  }

  @Test
  void aConditionalWithoutItsMiddleIsItsCondition() {
    assertArrayEquals(new int[] {9, 1, 2}, run("out[i] = i ?: 9;", 3));
    refused("out[i] = i++ ?: 9;", "name the first one");
  }

  @Test
  void labelsMayBeRanges() {
    assertArrayEquals(
        new int[] {0, 1, 1, 1, 2},
        run("switch (i) { case 1 ... 3: out[i] = 1; break; case 4: out[i] = 2; }", 5));
    refused("switch (i) { case 3 ... 1: out[i] = 1; }", "a range of labels");
    refused("switch (i) { case 0 ... 5000: out[i] = 1; }", "a range of labels");
    refused(
        "switch ((long)i) { case 0x8000000000000000L ... 0x7fffffffffffffffL: out[i] = 1; }",
        "a range of labels");
    refused("switch (i) { case 1 ... 3: case 2: out[i] = 1; }", "two labels of the value 2");
  }

  @Test
  void aConstantVariableMayBeALength() {
    assertArrayEquals(
        new int[] {12, 12}, run("const int n = 2 + 1; int v[n]; out[i] = sizeof(v);", 2));
    refused("int n = 3; int v[n]; out[i] = 0;", "integer constant");
    refused("const int n = i; int v[n]; out[i] = 0;", "integer constant");
  }

  private static void refused(String body, String part) {
    CompileException error = assertThrows(CompileException.class, () -> run(body, 1));
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
