package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.diagnostic.CompileException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * The options that hosts hand to {@code clBuildProgram}, such as {@code -DT=float -D "F(x)=(x)*2"
 * -cl-mad-enable -I include}.
 *
 * @param macros what {@code -D} defines, as {@code NAME} or {@code NAME=VALUE}
 * @param includeFolders the folders of {@code -I}
 */
public record OptionString(List<String> macros, List<String> includeFolders) {
  public OptionString {
    macros = List.copyOf(macros);
    includeFolders = List.copyOf(includeFolders);
  }

  /**
   * Reads options; words are separated by blanks, quotes and backslashes keep them together. What
   * changes no result here ({@code -cl-...}, {@code -w}, {@code -Werror}, {@code -g}) is ignored.
   *
   * @throws CompileException if an option is unknown or has no value
   */
  public static OptionString parse(String options) {
    List<String> macros = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    List<String> words = words(options);
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean takesValue = word.startsWith("-D") || word.startsWith("-I");
      if (takesValue) {
        boolean apart = word.length() == 2;
        if (apart && i + 1 == words.size()) {
          throw mistake(options, "the option " + word + " has no value");
        }
        String value = apart ? words.get(++i) : word.substring(2);
        (word.startsWith("-D") ? macros : folders).add(value);
      } else if (!isIgnored(word)) {
        throw mistake(
            options, "unknown option '" + word + "'; use -D NAME=VALUE, -I FOLDER or -cl-...");
      }
    }
    return new OptionString(macros, folders);
  }

  private static CompileException mistake(String options, String message) {
    Span span = new Span("<options>", 1, 1);
    return new CompileException(
        List.of(new Diagnostic(Diagnostic.Severity.ERROR, span, message, options)));
  }

  private static boolean isIgnored(String word) {
    return word.startsWith("-cl-")
        || word.startsWith("-W")
        || List.of("-w", "-g", "-x", "cl", "-create-library", "-enable-link-options")
            .contains(word);
  }

  private static List<String> words(String options) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean open = false;
    char quote = 0;
    for (int i = 0; i < options.length(); i++) {
      char c = options.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < options.length()) {
        word.append(options.charAt(++i));
        open = true;
      } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
        quote = quote != 0 ? 0 : c;
        open = true;
      } else if (quote == 0 && Character.isWhitespace(c)) {
        if (open) {
          words.add(word.toString());
        }
        word.setLength(0);
        open = false;
      } else {
        word.append(c);
        open = true;
      }
    }
    if (open) {
      words.add(word.toString());
    }
    return words;
  }
}
