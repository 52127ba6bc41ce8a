package dev.heddle.compiler.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.IrParser;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {
  private static final String SIGNATURE =
      """
      kernel k
        scalar n int %0
        scalar x float %1
        pointer out int 1 %2 buffer &out global 2
        pointer in int 1 readonly %3 buffer &in constant 3
        pointer lm int 1 %4 local_parameter &lm 4
        object array &pm private 16 4
        object table &t 4 "01020304"
      {
        %5:i64 = const 0
        %6:i1 = const true
        %7:f16 = const 0x0
        %8:f64 = const 1.0
      """;

  private static List<String> problemsOf(String body) {
    return Verifier.problems(IrParser.parse(SIGNATURE + body.replace("; ", "\n") + "\n}\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "return",
        "%9:i32 = add %0, %0; return",
        "%9:i1 = xor %6, %6; %10:i1 = not %9; return",
        "%9:f16 = select %6, %7, %7; return",
        "%9:i1 = load i1 &pm[%5] align 1; return",
        "store f16 x4 &pm[%5] align 2, %7, %7, %7, %7; return",
        "%9:i32 = atomic umax i32 &lm[%5] align 4, %0; return",
        "%9:i32 = load i32 &t[%5] align 4; return",
        "if %6 {; return; } else {; return; }; return",
        "%9:i32 = if %6 {; yield %0; } else {; return; }; return",
        "%9:i32 = loop 0 (%10:i32) = (%0) {; if %6 {; break 0 %10; } else {; yield; };"
            + " continue 0 %10; }; return",
        "loop 0 () = () {; loop 1 () = () {; if %6 {; continue 0; } else {; yield; }; break 1; };"
            + " break 0; }; return",
      })
  void acceptsWhatIsRight(String body) {
    assertEquals(List.of(), problemsOf(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%9:i32 = fneg %0; return                                | no FLOAT",
        "%9:f32 = neg %1; return                                 | no INTEGER",
        "%9:f16 = fneg %7; return                                | no FLOAT",
        "%9:i64 = neg %0; return                                 | not i32",
        "%9:i1 = add %6, %6; return                              | no INTEGER",
        "%9:i32 = add %0, %5; return                             | %5 is of type i64, not i32",
        "%9:f32 = fadd %1, %8; return                            | not f32",
        "%9:i32 = slt %0, %0; return                             | not i1",
        "%9:i1 = flt %0, %0; return                              | no FLOAT",
        "%9:f32 = fma %1, %1, %8; return                         | not f32",
        "%9:i32 = fma %0, %0, %0; return                         | no FLOAT",
        "%9:i32 = select %0, %0, %0; return                      | not i1",
        "%9:f32 = select %6, %1, %8; return                      | not f32",
        "%9:i32 = sext %5; return                                | does not convert i64 to i32",
        "%9:i32 = sext %6; return                                | does not convert i1 to i32",
        "%9:f16 = s2f %0; return                                 | does not convert",
        "%9:i32 = bitcast %0; return                             | does not convert",
        "%9:f32 = builtin pow %1; return                         | takes 2 operands",
        "%9:i32 = builtin exp %0; return                         | no FLOAT",
        "%9:i64 = query global_id 3; return                      | no dimension 3",
        "%9:i64 = query work_dim 1; return                       | no dimension 1",
        "%9:i32 = query local_id 0; return                       | not i64",
        "%9:f32 = load i32 &out[%5] align 4; return              | not i32",
        "%9:i32 = load i32 x2 &out[%5] align 4; return           | 2 elements with 1 values",
        "store i32 &in[%5] align 4, %0; return                   | stores into constant",
        "store i32 &t[%5] align 4, %0; return                    | stores into constant",
        "store i32 &out[%5] align 4, %1; return                  | not i32",
        "%9:i32 = atomic add i32 &in[%5] align 4, %0; return     | not CONSTANT",
        "%9:i32 = atomic add i32 &pm[%5] align 4, %0; return     | not PRIVATE",
        "%9:f32 = atomic exchange f32 &out[%5] align 4, %1; return | accesses i32 or i64",
        "%9:i32 = atomic add i32 &out[%5] align 2, %0; return    | aligned to its element",
        "%9:i32 = atomic add i32 &out[%5] align 4, %0, %0; return | takes 1 operands",
        "%9:i32 = atomic add i32 x2 &out[%5] align 4, %0; return | one element",
        "%9:i32 = size &out; return                              | not i64",
        "if %0 {; return; } else {; return; }; return            | not i1",
        "%9:i32 = if %6 {; yield; } else {; yield %0; }; return  | results of the if differ",
        "%9:i32 = if %6 {; yield %1; } else {; yield %0; }; return | results of the if differ",
        "if %6 {; %9:i32 = neg %0; yield; } else {; yield; }; %10:i32 = neg %9; return"
            + " | uses %9, which no op before it",
        "if %6 {; %9:i32 = neg %0; yield; } else {; %10:i32 = neg %9; yield; }; return"
            + " | uses %9, which no op before it",
        "%9:i32 = neg %0; %9:i32 = neg %0; return                | defines %9 a second time",
        "%0:i32 = const 1; return                                | defines %0 a second time",
        "loop 0 () = () {; yield; }; return                      | does not end in a yield",
        "loop 0 () = () {; break 1; }; return                    | no enclosing loop has label 1",
        "loop 0 () = () {; break 0; }; loop 0 () = () {; break 0; }; return"
            + " | another loop with label 0",
        "loop 0 () = () {; break 0; }; if %6 {; break 0; } else {; yield; }; return"
            + " | no enclosing loop",
        "loop 0 () = () {; break 0 %0; }; return                 | break and results differ",
        "%9:i32 = loop 0 () = () {; break 0; }; return           | break and results differ",
        "loop 0 (%9:i32) = (%0) {; continue 0; }; return         | continue and parameters differ",
        "loop 0 (%9:i32) = (%1) {; break 0; }; return            | initial values and parameters",
        "loop 0 (%9:i32) = (%0) {; break 0; }; %10:i32 = neg %9; return | uses %9",
        "return %0                                               | returns values of other types",
        "yield                                                   | ends in a return",
      })
  void refusesWhatIsWrong(String body, String expected) {
    List<String> problems = problemsOf(body);
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(expected)),
        () -> "expected '" + expected + "' among " + problems);
    assertTrue(problems.stream().allMatch(problem -> problem.startsWith("k: ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel k -> i32; {; %0:i32 = const 1; return %0; } | a kernel returns nothing",
        "kernel k local 8, 8; {; return; } | three positive numbers",
        "kernel k local 8, 0, 1; {; return; } | three positive numbers",
        "function k local 8, 1, 1; {; return; } | only a kernel has a required local size",
        "kernel k; pointer p int 1 %0 formal &p global 0; {; return; } | a helper's is formal",
        "function k; pointer p int 1 %0 local_parameter &p 0; {; return; } | a helper's is formal",
        "function k; pointer p int 1 %0 buffer &p global 0; {; return; } | a helper's is formal",
        "kernel k; pointer p int 1 %0 buffer &p global 1; {; return; } | with its position",
        "kernel k; object buffer &p global 1; {; return; } | neither an array nor a table",
        "kernel k; object array &p local 4 4; object array &p private 4 4; {; return; }"
            + " | two roots named p",
        "kernel k; {; return; }; kernel k; {; return; } | another function of that name",
        "kernel k; {; call f(); return; } | which the program does not have",
        "kernel j; {; return; }; kernel k; {; call j(); return; } | calls a kernel",
        "function f; scalar a int %0; {; return; }; kernel k; {; call f(); return; }"
            + " | another number of arguments",
        "function f; scalar a int %0; {; return; }; kernel k; {; %0:f32 = const 1.0; call f(%0);"
            + " return; } | argument 0 does not fit parameter a",
        "function f; pointer a int 1 %0 formal &a private 0; {; return; }; kernel k;"
            + " object array &l local 4 4; {; %0:i64 = const 0; call f(&l[%0]); return; }"
            + " | argument 0 does not fit parameter a",
        "function f -> i32; {; %0:i32 = const 1; return %0; }; kernel k; {; call f(); return; }"
            + " | has other results than the callee",
        "function f; {; call g(); return; }; function g; {; call f(); return; } | calls itself",
      })
  void refusesWrongSignaturesAndCalls(String text, String expected) {
    List<String> problems = Verifier.problems(IrParser.parse(text.replace("; ", "\n") + "\n"));
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(expected)),
        () -> "expected '" + expected + "' among " + problems);
  }

  @Test
  void refusesUndefinedAndRetypedValuesAndForeignRoots() {
    Value one = new Value(1, Type.I32);
    Root foreign = new Root.Array("foreign", AddressSpace.PRIVATE, 4, 4);
    IrBuilder builder = new IrBuilder(2, 0);
    builder.open(List.of());
    builder.unary(UnaryOp.NEG, one);
    Value zero = builder.constant(Type.I64, 0);
    builder.load(new Access(foreign, zero, Type.I32, 1, 4, Access.Guard.CHECKED));
    builder.unary(UnaryOp.NEG, new Value(zero.id(), Type.I32));
    Region body = builder.close(new Terminator.Return(List.of()));
    Function kernel =
        new Function("k", true, List.of(), List.of(), List.of(), Optional.empty(), body, Span.NONE);
    String problems =
        assertThrows(VerifierException.class, () -> Verifier.verify(kernel)).getMessage();
    assertTrue(problems.contains("uses %1, which no op"), problems);
    assertTrue(problems.contains("not declared here"), problems);
    assertTrue(problems.contains("as I32, it is I64"), problems);
  }

  @Test
  void namesTheOpAndItsPlace() {
    String text =
        """
        file "a.cl"
        kernel k
        {
          %0:i32 = const 1
          %1:f32 = fneg %0 @7:3
          return
        }
        """;
    assertTrue(
        Verifier.problems(IrParser.parse(text))
            .getFirst()
            .startsWith("k: '%1:f32 = fneg %0' at a.cl:7:3: "));
  }
}
