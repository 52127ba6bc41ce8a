package dev.heddle.bench.lambda;

import com.aparapi.Kernel;
import dev.heddle.runtime.api.Session;
import java.util.function.IntConsumer;

/** The number of the word of six letters that begins at each place of a DNA sequence. */
final class WordCase implements LambdaCase {
  private static final String SOURCE =
      """
      int code(int letter) {
        switch (letter) {
          case 'A': return 0;
          case 'C': return 1;
          case 'G': return 2;
          case 'T': return 3;
          default: return -1;
        }
      }
      __kernel void words(int n, __global const char *letters, __global int *words) {
        int i = get_global_id(0);
        int word = i + 6 > n ? -1 : 0;
        for (int k = 0; k < 6 && word >= 0; k++) {
          int next = code(letters[i + k]);
          word = next < 0 ? -1 : word << 2 | next;
        }
        words[i] = word;
      }
      """;

  private final byte[] letters;
  private final int[] words;

  WordCase(int size) {
    letters = new byte[size];
    words = new int[size];
    java.util.Random random = new java.util.Random(6);
    for (int i = 0; i < size; i++) {
      letters[i] = (byte) "ACGTACGTACGTACGN".charAt(random.nextInt(16));
    }
  }

  private static int code(byte letter) {
    return switch (letter) {
      case 'A' -> 0;
      case 'C' -> 1;
      case 'G' -> 2;
      case 'T' -> 3;
      default -> -1;
    };
  }

  private static int word(byte[] letters, int start) {
    int word = start + 6 > letters.length ? -1 : 0;
    for (int k = 0; k < 6 && word >= 0; k++) {
      int next = code(letters[start + k]);
      word = next < 0 ? -1 : word << 2 | next;
    }
    return word;
  }

  private dev.heddle.runtime.api.Buffer letters(Session session) {
    dev.heddle.runtime.api.Buffer buffer = session.allocate(letters.length);
    buffer.write().copyFrom(java.lang.foreign.MemorySegment.ofArray(letters));
    return buffer;
  }

  @Override
  public String name() {
    return "k-mer words";
  }

  @Override
  public int size() {
    return letters.length;
  }

  @Override
  public IntConsumer body() {
    return i -> words[i] = word(letters, i);
  }

  @Override
  public Runnable lambda(Session session) {
    return () -> session.parallelFor(letters.length, i -> words[i] = word(letters, i));
  }

  @Override
  public Runnable kernelFile(Session session) {
    return LambdaCase.run(
        session,
        SOURCE,
        letters.length,
        arguments ->
            arguments
                .set("n", letters.length)
                .set("letters", letters(session))
                .set("words", session.ints(letters.length).buffer()));
  }

  /** For Aparapi, which knows no {@code switch}. */
  private static final class InAparapi extends Kernel {
    private final int length;
    private final byte[] letters;
    private final int[] words;

    InAparapi(int length, byte[] letters, int[] words) {
      this.length = length;
      this.letters = letters;
      this.words = words;
    }

    int code(byte letter) {
      int code = -1;
      if (letter == 65) {
        code = 0;
      }
      if (letter == 67) {
        code = 1;
      }
      if (letter == 71) {
        code = 2;
      }
      if (letter == 84) {
        code = 3;
      }
      return code;
    }

    @Override
    public void run() {
      int i = getGlobalId();
      int word = 0;
      if (i + 6 > length) {
        word = -1;
      }
      for (int k = 0; k < 6; k++) {
        if (word >= 0) {
          int next = code(letters[i + k]);
          if (next < 0) {
            word = -1;
          } else {
            word = word << 2 | next;
          }
        }
      }
      words[i] = word;
    }
  }

  @Override
  public Kernel aparapi() {
    return new InAparapi(letters.length, letters, words);
  }

  @Override
  public double[] output() {
    return LambdaCase.doubles(words);
  }

  @Override
  public double tolerance() {
    return 0;
  }
}
