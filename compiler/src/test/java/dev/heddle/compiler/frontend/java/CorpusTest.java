package dev.heddle.compiler.frontend.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Lifts the methods of the JDK that can be kernels and holds them against calls of them. */
final class CorpusTest {
  @Test
  void liftedMethodsOfTheJdkComputeWhatTheyCompute() throws Exception {
    int right = 0;
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> refused = new TreeMap<>();
    for (Method method : Corpus.methods("java.base", "java.desktop")) {
      try {
        var difference = new CorpusCase(method).difference();
        if (difference.isEmpty()) {
          right++;
        } else {
          wrong.add(method + difference.get());
        }
      } catch (LiftException e) {
        refused.merge(reason(e.reason()), 1, Integer::sum);
      } catch (RuntimeException e) {
        wrong.add(method + ": " + e);
      }
    }
    System.Logger log = System.getLogger(CorpusTest.class.getName());
    log.log(System.Logger.Level.INFO, "{0} right; refused: {1}", right, refused);
    assertEquals(List.of(), wrong);
    assertTrue(right >= 500, right + " methods; refused: " + refused);
  }

  /** Without the names, so that reasons can be counted. */
  private static String reason(String text) {
    return text.replaceAll("[\\w$]+([./][\\w$<>]+)+", "X").replaceAll("(field|method) \\S+", "$1");
  }
}
