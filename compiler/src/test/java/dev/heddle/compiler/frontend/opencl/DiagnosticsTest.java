package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of sources that do not compile: all of it, in order, and nothing that follows. */
class DiagnosticsTest {
  private static List<Diagnostic> found(String source) {
    return assertThrows(CompileException.class, () -> KernelRunner.compile(source)).diagnostics();
  }

  /** Line and start of message of each, as {@code 3: expected ';'}. */
  private static void expect(String source, String... wanted) {
    List<Diagnostic> found = found(source);
    assertEquals(wanted.length, found.size(), found.toString());
    for (int i = 0; i < wanted.length; i++) {
      String text = found.get(i).span().line() + ": " + found.get(i).message();
      assertTrue(text.startsWith(wanted[i]), text);
    }
  }

  @Test
  void aMissingSemicolonHidesNothing() {
    expect(
        """
        __kernel void f(__global float *x) {
          int i = get_global_id(0)
          float a = x[i] * unknown;
          float4 v = (float4)(1, 2);
          x[i] = a + v.x;
        }
        """,
        "2: expected ';'",
        "3: 'unknown' is not declared",
        "4: a float4 has 4 components");
  }

  @Test
  void aMisspeltTypeIsSaidOnce() {
    expect(
        """
        flaot twice(flaot v) { return 2 * v; }
        __kernel void f(__global float *x, flaot y) {
          flaot b = twice(y);
          x[0] = b + y;
          x[1] = twice(b) * oops;
        }
        """,
        "1: 'flaot' is not a type; did you mean 'float'?",
        "1: 'flaot' is not a type; did you mean 'float'?",
        "2: 'flaot' is not a type; did you mean 'float'?",
        "3: 'flaot' is not a type; did you mean 'float'?",
        "5: 'oops' is not declared");
  }

  @Test
  void anUnfinishedExpressionEndsWhereTheNextStatementBegins() {
    expect(
        """
        __kernel void f(__global int *x) {
          x[0] = 1 +
          int k = 3;
          x[1] = k;
          if (k > 1 { x[2] = 2; }
          x[3] = nothing;
        }
        """,
        "3: expected an expression before 'int'",
        "5: expected ')' after the condition",
        "6: 'nothing' is not declared");
  }

  @Test
  void everyFunctionIsRead() {
    expect(
        """
        struct S { int a; float b }; int g(int v) { return v + 1 }
        __kernel void f(__global int *x) { x[0] = a; }
        int again(int n) { return n ? again(n - 1) : 0; }
        __kernel void h(__global int *x) { x[0] = again(3); goto nowhere; }
        """,
        "1: expected ';' after the member",
        "1: expected ';' after 'return'",
        "2: 'a' is not declared",
        "3: recursion is not possible",
        "4: this function has no label 'nowhere'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "__kernel void f(read_only image2d_t i) {}|image2d_t is not supported",
        "__kernel void f(__global int *x) { x[0] = sub_group_reduce_add(1); }|sub-groups",
        "typedef struct { int a : 3; } B; __kernel void f(__global B *x) {}|bit-fields",
        "__kernel void f(__global int **x) {}|pointer to a pointer",
        "__kernel void f(int *x) {}|needs __global",
        "int g(int (*h)(int)) { return 1; } __kernel void f() { g(0); }|pointers to functions",
        "__kernel void f(__global int *x) { asm(\"nop\"); }|inline assembly",
        "__kernel int f() { return 1; }|a kernel returns void",
        "__kernel void f(__global int *x) { x[0] = {1}; }|expected an expression",
        "__kernel void f(__global int *x) { int x[0]; }|length of an array",
        "#error stop|#error stop",
        "#if 1|no #endif",
        "__kernel void f() { L: L: ; }|already a label 'L'",
        "__kernel void f(int a) { switch (a) { case 1: case 1: ; } }|two labels",
      })
  void namesWhatIsNotThere(String source, String message) {
    List<Diagnostic> found = found(source);
    assertTrue(
        found.stream().anyMatch(d -> d.message().contains(message) && d.span().line() == 1),
        found.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "!", "*&", "{", "[", "(int)", "a ? ", "f(", "1+("})
  void nestsWithoutEnd(String part) {
    String nested = part.repeat(100_000);
    List<Diagnostic> found = found("__kernel void f(__global int *x) { int a; x[0] = " + nested);
    assertTrue(found.size() <= 2, found.toString());
  }

  @Test
  void aLongChainOfElseIfsIsNotDeep() {
    StringBuilder chain = new StringBuilder("__kernel void f(__global int *x, int v) {");
    for (int i = 0; i < 400; i++) {
      chain.append("if (v == ").append(i).append(") x[0] = ").append(i * 3).append("; else ");
    }
    KernelRunner.compile(chain + " x[0] = -1; }");
  }

  @Test
  void sourcesBeyondTheLimitAreRefused() {
    List<Diagnostic> found = found("// " + "x".repeat(17 << 20));
    assertTrue(found.getFirst().message().contains("larger than 16 MiB"), found.toString());
  }
}
