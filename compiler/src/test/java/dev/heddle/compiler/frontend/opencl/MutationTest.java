package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.pass.Pipeline;
import dev.heddle.compiler.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Kernel files with random damage: each gives a diagnostic or valid code. {@code
 * -Dheddle.mutation.first=1000 -Dheddle.mutation.count=10000} tries others than the usual ones.
 */
class MutationTest {
  private static final long FIRST = Long.getLong("heddle.mutation.first", 0);
  private static final long COUNT = Long.getLong("heddle.mutation.count", 400);
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|[^\\w\\s]");
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    for (String folder : List.of("../kernels", "../cli/src/test/resources/language")) {
      try (Stream<Path> walk = Files.walk(Path.of(folder))) {
        for (Path file : walk.filter(f -> f.toString().endsWith(".cl")).sorted().toList()) {
          if (!file.toString().contains("target")) {
            sources.add(Files.readString(file));
          }
        }
      }
    }
    return sources;
  }

  private static String mutated(String source, Random random) {
    String result = source;
    for (int i = 0; i <= random.nextInt(3); i++) {
      result = random.nextInt(3) == 0 ? damagedByte(result, random) : moved(result, random);
    }
    return result;
  }

  private static String damagedByte(String source, Random random) {
    StringBuilder text = new StringBuilder(source);
    int at = random.nextInt(text.length());
    text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(8)));
    return text.toString();
  }

  /** A token deleted, duplicated, or exchanged with another. */
  private static String moved(String source, Random random) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    int at = random.nextInt(tokens.size());
    int other = random.nextInt(tokens.size());
    switch (random.nextInt(3)) {
      case 0 -> tokens.set(at, "");
      case 1 -> tokens.add(at, tokens.get(at));
      default -> {
        String kept = tokens.set(at, tokens.get(other));
        tokens.set(other, kept);
      }
    }
    return String.join("", tokens);
  }

  /** Whether it compiles. */
  private static boolean compiles(String source) {
    try {
      Program program =
          OpenClCompiler.compile(
              List.of(new SourceFile("mutated.cl", source)), FrontendOptions.DEFAULT);
      for (Function kernel : program.kernels()) {
        Verifier.verify(Pipeline.prepare(program, kernel.name(), true));
      }
      return true;
    } catch (CompileException e) {
      assertFalse(e.diagnostics().isEmpty());
      return false;
    }
  }

  @Test
  void damageIsSaidOrHarmless() throws IOException {
    List<String> sources = sources();
    assertTrue(sources.size() > 20, "there are only " + sources.size() + " kernel files");
    int compiled = 0;
    for (long seed = FIRST; seed < FIRST + COUNT; seed++) {
      Random random = new Random(seed);
      String source = mutated(sources.get(random.nextInt(sources.size())), random);
      long start = System.nanoTime();
      try {
        compiled += compiles(source) ? 1 : 0;
      } catch (RuntimeException | Error e) {
        Assertions.fail("seed " + seed + "\n" + source, e);
      }
      long nanos = System.nanoTime() - start;
      assertTrue(nanos < LONGEST.toNanos(), "seed " + seed + " took " + nanos + " ns");
    }
    assertTrue(compiled > COUNT / 20 && compiled < COUNT, compiled + " of " + COUNT + " compile");
  }
}
