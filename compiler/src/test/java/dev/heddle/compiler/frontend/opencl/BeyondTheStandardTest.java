package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

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
}
