package dev.heddle.examples;

import dev.heddle.kernels.ArrayOperations;
import dev.heddle.runtime.api.IntArray;
import dev.heddle.runtime.api.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Counts the words of k letters in a DNA sequence. */
final class KmerCount implements Example {
  private static final int K = 6;
  private static final int WORDS = 1 << 2 * K;
  private static final int MADE_UP = 500_000;
  private static final int SHOWN = 5;

  @Override
  public String name() {
    return "kmer-count";
  }

  @Override
  public String about() {
    return "counts the words of six letters in a DNA sequence [FILE.fasta]";
  }

  @Override
  public void run(Session session, PrintStream out, Path folder, List<String> arguments)
      throws IOException {
    byte[] letters = arguments.isEmpty() ? madeUp() : read(Path.of(arguments.getFirst()));
    int n = letters.length;
    ArrayOperations operations = new ArrayOperations(session);
    try (IntArray words = session.ints(n);
        IntArray counts = session.ints(WORDS)) {
      session.parallelFor(n, i -> words.set(i, word(letters, i)));
      operations.histogram(words, counts);
      int[] found = counts.toArray();
      out.printf(
          java.util.Locale.ROOT,
          "%,d letters, %,d words of %d%n",
          n,
          IntStream.of(found).asLongStream().sum(),
          K);
      IntStream.range(0, WORDS)
          .boxed()
          .sorted((a, b) -> found[b] != found[a] ? found[b] - found[a] : a - b)
          .limit(SHOWN)
          .forEach(word -> out.println("  " + text(word) + " " + found[word]));
    }
  }

  /** The word that starts there as a number, two bits a letter; -1 if it is none. */
  private static int word(byte[] letters, int start) {
    if (start + K > letters.length) {
      return -1;
    }
    int word = 0;
    for (int i = 0; i < K; i++) {
      int code =
          switch (letters[start + i]) {
            case 'A', 'a' -> 0;
            case 'C', 'c' -> 1;
            case 'G', 'g' -> 2;
            case 'T', 't' -> 3;
            default -> -1;
          };
      if (code < 0) {
        return -1;
      }
      word = word << 2 | code;
    }
    return word;
  }

  private static String text(int word) {
    StringBuilder text = new StringBuilder();
    for (int i = K - 1; i >= 0; i--) {
      text.append("ACGT".charAt(word >> 2 * i & 3));
    }
    return text.toString();
  }

  private static byte[] madeUp() {
    Random random = new Random(6);
    byte[] letters = new byte[MADE_UP];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) "ACGTA".charAt(random.nextInt(5));
    }
    return letters;
  }

  /** The sequences of a FASTA file, a line end between them so that no word spans two. */
  private static byte[] read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException(file + " can't be read");
    }
    StringBuilder letters = new StringBuilder();
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      letters.append(line.startsWith(">") ? "\n" : line.strip());
    }
    return letters.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
