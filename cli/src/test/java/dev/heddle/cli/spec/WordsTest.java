package dev.heddle.cli.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void splitsAtBlanksOutsideQuotes() {
    assertEquals(
        List.of("-k", "f", "-D", "F(x)=x + 1", ""), Words.split(" -k f\t-D 'F(x)=x + 1' \"\""));
    assertThrows(UsageException.class, () -> Words.split("a 'b"));
  }

  @Test
  void splitsListsOutsideParentheses() {
    assertEquals(List.of("a", "f(b,c)", "d"), Words.list("a, f(b,c) ,d"));
    assertEquals(List.of(""), Words.list(""));
  }

  @Test
  void readsValuesByTheirForm() {
    assertEquals(new ValueText.File("a/b.npy"), ValueText.parse("@a/b.npy"));
    assertEquals(new ValueText.Null(), ValueText.parse("null"));
    assertEquals(new ValueText.Local("64"), ValueText.parse("local(64)"));
    assertEquals(new ValueText.Tuple(List.of("1", "2")), ValueText.parse("(1,2)"));
    assertEquals(new ValueText.Expr("(1+2)"), ValueText.parse("(1+2)"));
    assertEquals(new ValueText.Expr("(1+2)*(3)"), ValueText.parse("(1+2)*(3)"));
    assertEquals(
        new ValueText.Generator("uniform", List.of("n*2"), Map.of("lo", "-1", "seed", "3")),
        ValueText.parse("uniform(n*2,lo=-1,seed=3)"));
    assertThrows(UsageException.class, () -> ValueText.parse("unifrom(n)"));
    assertThrows(UsageException.class, () -> ValueText.parse("fill(n=3,1)"));
  }
}
