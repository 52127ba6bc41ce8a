package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Macros, conditions and includes; the expansions are those of C99 section 6.10. */
class PreprocessorTest {
  private static String text(List<Token> tokens) {
    return tokens.stream()
        .filter(token -> !token.isEnd())
        .map(Token::text)
        .collect(Collectors.joining(" "));
  }

  private static String expand(String source, String... macros) {
    Diagnostics diagnostics = new Diagnostics();
    FrontendOptions options = FrontendOptions.DEFAULT.withMacros(List.of(macros));
    List<Token> tokens =
        new Preprocessor(diagnostics, options).run(List.of(new SourceFile("a.cl", source)));
    assertFalse(diagnostics.hasErrors(), () -> diagnostics.all().toString());
    return text(tokens);
  }

  @Test
  void expandsTheStandardsExample() {
    // C99 6.10.3.5, example 3
    String source =
        """
        #define x 3
        #define f(a) f(x * (a))
        #undef x
        #define x 2
        #define g f
        #define z z[0]
        #define h g(~
        #define m(a) a(w)
        #define w 0,1
        #define t(a) a
        #define p() int
        #define q(x) x
        #define r(x,y) x ## y
        #define str(x) # x
        f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
        g(x+(3,4)-w) | h 5) & m
        (f)^m(m);
        p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };
        char c[2][6] = { str(hello), str() };
        """;
    assertEquals(
        "f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;"
            + " f ( 2 * ( 2 + ( 3 , 4 ) - 0 , 1 ) ) | f ( 2 * ( ~ 5 ) ) & f ( 2 * ( 0 , 1 ) )"
            + " ^ m ( 0 , 1 ) ;"
            + " int i [ ] = { 1 , 23 , 4 , 5 , } ;"
            + " char c [ 2 ] [ 6 ] = { \"hello\" , \"\" } ;",
        expand(source));
  }

  @Test
  void pastesAndStringises() {
    String source =
        """
        #define str(s) # s
        #define xstr(s) str(s)
        #define glue(a, b) a ## b
        #define xglue(a, b) glue(a, b)
        #define HIGHLOW "hello"
        #define LOW LOW ", world"
        #define INC(n) inc ## n
        #define INCFILE(n) vers ## n
        xstr(INCFILE(2).h) glue(HIGH, LOW) xglue(HIGH, LOW) str(a  "b\\n" 'c')
        """;
    assertEquals(
        "\"vers2.h\" \"hello\" \"hello\" \", world\" \"a \\\"b\\\\n\\\" 'c'\"", expand(source));
  }

  @Test
  void takesVariadicArguments() {
    String source =
        """
        #define all(...) f(__VA_ARGS__)
        #define most(a, ...) g(a, ## __VA_ARGS__)
        all() all(1, (2, 3)) most(1) most(1, 2, 3)
        """;
    assertEquals("f ( ) f ( 1 , ( 2 , 3 ) ) g ( 1 ) g ( 1 , 2 , 3 )", expand(source));
  }

  @Test
  void callsMayRunOverLines() {
    assertEquals("( 1 ) + ( 2 ) F", expand("#define F(x) (x)\nF\n(\n1\n)\n+ F(2\\\n) F\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 == 7|yes",
        "(1 << 4 ^ 3) == 19 && !0|yes",
        "-1 < 0u|no",
        "-1 > 0|no",
        "0x7fffffffffffffff + 1 < 0|yes",
        "1 ? 2 : 1 / 0|yes",
        "0 && 1 / 0|no",
        "defined A && !defined(B)|yes",
        "A == 10|yes",
        "undefined_thing|no",
        "'a' == 97|yes",
        "~0 == -1|yes",
        "7 % 4 == 3 && 7 / 2 == 3|yes",
        "F(3) == 6|yes",
        "__OPENCL_VERSION__ >= 120|yes",
        "__OPENCL_C_VERSION__ == CL_VERSION_1_2|yes",
      })
  void evaluatesConditions(String condition, String wanted) {
    String source =
        "#define A 10\n#define F(x) (2 * (x))\n#if "
            + condition
            + "\nyes\n#elif 1\nno\n#else\nneither\n#endif\n";
    assertEquals(wanted, expand(source));
  }

  @Test
  void skipsGroupsWithAnythingInThem() {
    String source =
        """
        #if 0
        it's "unfinished
        #if 1
        #else
        #elif
        #endif
        #unknown
        #elif 0
        #else
        kept
        #endif
        """;
    assertEquals("kept", expand(source));
  }

  @Test
  void knowsLinesAndFiles() {
    assertEquals("1 2 \"a.cl\"", expand("__LINE__\n__LINE__ __FILE__"));
    assertEquals("100 \"b.h\" 101", expand("#line 100 \"b.h\"\n__LINE__ __FILE__\n__LINE__"));
  }

  @Test
  void defineOptionsAreLines() {
    assertEquals(
        "float 1 ( 2 + 3 ) \"text\"",
        expand("T ON ADD(2,3) S", "T=float", "ON", "ADD(a,b)=(a+b)", "S=\"text\""));
  }

  @Test
  void aMacroMayBeDefinedAnewAsItWas() {
    assertEquals("1 2", expand("#define A 1\n#define A 1\nA\n#undef A\n#define A 2\nA"));
  }

  @Test
  void unknownPragmasAndEmptyDirectivesAreIgnored() {
    assertEquals("a", expand("#\n#pragma whatever \"x\n#pragma OPENCL EXTENSION all : enable\na"));
  }

  @Test
  void stringsOfHostProgramsAreUnwrapped() {
    assertEquals("int a ; int b ;", expand("R\"(\nint a;\n)\";\nR\"x(int b;)x\"\n"));
  }

  private static Diagnostics include(Map<String, String> files, String source) {
    Diagnostics diagnostics = new Diagnostics();
    IncludeResolver resolver =
        (header, from, angled) ->
            files.containsKey(header)
                ? new IncludeResolver.Answer.Found(new SourceFile(header, files.get(header)))
                : new IncludeResolver.Answer.Refused("there is no '" + header + "'");
    try {
      List<Token> tokens =
          new Preprocessor(diagnostics, FrontendOptions.DEFAULT.withIncludes(resolver))
              .run(List.of(new SourceFile("a.cl", source)));
      diagnostics.note(tokens.getFirst().span(), text(tokens));
    } catch (Diagnostics.GiveUp reported) {
      // the messages tell
    }
    return diagnostics;
  }

  @Test
  void includesFilesOnceIfTheyAskForIt() {
    Map<String, String> files = new HashMap<>();
    files.put("once.h", "#pragma once\none");
    files.put("guard.h", "#ifndef G\n#define G\ntwo\n#endif");
    Diagnostics found =
        include(
            files,
            "#include \"once.h\"\n#include <once.h>\n#define H \"guard.h\"\n#include H\n#include H\n");
    assertEquals("one two", found.all().getLast().message());
  }

  @Test
  void aFileThatIncludesItselfIsRefused() {
    Diagnostics found = include(Map.of("self.h", "#include \"self.h\"\n"), "#include \"self.h\"\n");
    assertTrue(found.all().getFirst().message().contains("include itself"), "" + found.all());
  }

  @Test
  void aMissingIncludeIsOneMistake() {
    Diagnostics found = include(Map.of(), "#include \"gone.h\"\ngone();\n");
    assertEquals(1, found.all().size(), found.all().toString());
    assertTrue(found.all().getFirst().message().contains("gone.h"));
  }
}
