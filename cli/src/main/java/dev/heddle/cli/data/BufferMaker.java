package dev.heddle.cli.data;

import dev.heddle.cli.spec.Scalars;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.cli.spec.ValueText;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.npy.NpySlices;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes buffers from values: generated, or from files. */
final class BufferMaker {
  private static final Map<String, List<String>> PARAMETERS =
      Map.of(
          "uniform", List.of("n", "lo", "hi", "seed"),
          "normal", List.of("n", "mean", "sd", "seed"),
          "iota", List.of("n", "start", "step"),
          "fill", List.of("n", "value"),
          "zeros", List.of("n"));

  private final Session session;
  private final Arena arena;
  private final Scalars scalars;
  private final boolean fill;

  /** Without {@code fill}, generated buffers have their size and stay zero. */
  BufferMaker(Session session, Arena arena, Scalars scalars, boolean fill) {
    this.fill = fill;
    this.session = session;
    this.arena = arena;
    this.scalars = scalars;
  }

  /** A buffer of elements of {@code width} scalars of type {@code element}. */
  Buffer make(String name, ValueText value, ElementType element, int width) {
    return switch (value) {
      case ValueText.Generator generator -> filled(generated(name, generator, element, width));
      case ValueText.File file when file.path().endsWith(".npy") -> npy(name, file, element);
      case ValueText.File file -> raw(Path.of(file.path()));
      case ValueText.Expr expr -> throw wrongForm(name, element, value);
      case ValueText.Tuple tuple -> throw wrongForm(name, element, value);
      case ValueText.Local local -> throw wrongForm(name, element, value);
      case ValueText.Null none -> throw wrongForm(name, element, value);
    };
  }

  /** Where the content of such a buffer comes from; nothing of it is read. */
  BufferSource source(String name, ValueText value, ElementType element, int width) {
    return switch (value) {
      case ValueText.Generator generator -> generated(name, generator, element, width);
      case ValueText.File file when file.path().endsWith(".npy") -> {
        NpySlices slices = NpySlices.open(Path.of(file.path()).toAbsolutePath());
        requireElement(name, file, element, slices.header().element());
        yield new BufferSource.InFile(
            slices.path().toString(), slices.start(), slices.header().bytes());
      }
      case ValueText.File file -> {
        Path path = Path.of(file.path()).toAbsolutePath();
        yield new BufferSource.InFile(path.toString(), 0, size(path));
      }
      case ValueText.Expr expr -> throw wrongForm(name, element, value);
      case ValueText.Tuple tuple -> throw wrongForm(name, element, value);
      case ValueText.Local local -> throw wrongForm(name, element, value);
      case ValueText.Null none -> throw wrongForm(name, element, value);
    };
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      throw new UsageException(path + ": no such file");
    } catch (IOException e) {
      throw new UsageException(path + ": cannot be read: " + e.getMessage());
    }
  }

  private Buffer filled(BufferSource.Generated source) {
    Buffer buffer = session.allocate(source.bytes());
    if (fill && !source.generator().equals("zeros")) {
      source.load(0, buffer.write());
    }
    return buffer;
  }

  private static UsageException wrongForm(String name, ElementType element, ValueText value) {
    return switch (value) {
      case ValueText.Expr expr -> wrongForm(name, element, "'" + expr.text() + "' is not a buffer");
      case ValueText.Tuple tuple -> wrongForm(name, element, "a vector is not a buffer");
      case ValueText.Local local -> wrongForm(name, element, "it is not a __local pointer");
      case ValueText.Null none -> wrongForm(name, element, "null is not a buffer");
      case ValueText.Generator generator -> throw new IllegalArgumentException(name);
      case ValueText.File file -> throw new IllegalArgumentException(name);
    };
  }

  private static UsageException wrongForm(String name, ElementType element, String why) {
    return new UsageException(
        "argument '%s' is a buffer of %s: %s; use %s=uniform(N), %s=@file.npy or the like"
            .formatted(name, element.text(), why, name, name));
  }

  private Buffer npy(String name, ValueText.File file, ElementType element) {
    NpyFile array = NpyFile.open(Path.of(file.path()), arena);
    requireElement(name, file, element, array.header().element());
    return session.wrap(array.data());
  }

  private static void requireElement(
      String name, ValueText.File file, ElementType element, ElementType found) {
    if (found.type() != element.type()) {
      throw new UsageException(
          "argument '%s' is a buffer of %s, but %s holds %s; convert it with NumPy's astype"
              .formatted(name, element.text(), file.path(), found.text()));
    }
  }

  private Buffer raw(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Arena mapping = Arena.ofConfined()) {
      Buffer buffer = session.allocate(channel.size());
      if (channel.size() > 0) {
        buffer.write().copyFrom(channel.map(MapMode.READ_ONLY, 0, channel.size(), mapping));
      }
      return buffer;
    } catch (NoSuchFileException e) {
      throw new UsageException(path + ": no such file");
    } catch (IOException e) {
      throw new UsageException(path + ": cannot be read: " + e.getMessage());
    }
  }

  private BufferSource.Generated generated(
      String name, ValueText.Generator generator, ElementType element, int width) {
    Map<String, String> given = named(name, generator);
    String countText = given.get("n");
    if (countText == null) {
      throw new UsageException(
          "argument '" + name + "': " + generator.name() + " needs the number of elements");
    }
    long count = scalars.count("the number of elements of '" + name + "'", countText);
    String kind = generator.name();
    return new BufferSource.Generated(
        kind,
        element,
        bytes(name, count, element, width),
        switch (kind) {
          case "uniform" -> real(given, "lo", 0);
          case "normal" -> real(given, "mean", 0);
          case "iota" -> real(given, "start", 0);
          default -> real(given, "value", 0);
        },
        real(given, kind.equals("uniform") ? "hi" : kind.equals("normal") ? "sd" : "step", 1),
        seed(given));
  }

  private static long bytes(String name, long count, ElementType element, int width) {
    try {
      int scalarsInElement = width == 3 ? 4 : width;
      return Math.multiplyExact(count, (long) scalarsInElement * element.type().bytes());
    } catch (ArithmeticException e) {
      throw new UsageException("argument '" + name + "': " + count + " elements exceed 2^63 bytes");
    }
  }

  private double real(Map<String, String> given, String key, double otherwise) {
    String text = given.get(key);
    return text == null ? otherwise : scalars.evaluate(text).asDouble();
  }

  private long seed(Map<String, String> given) {
    return scalars.count("seed", given.getOrDefault("seed", "1"));
  }

  private static Map<String, String> named(String name, ValueText.Generator generator) {
    List<String> known = PARAMETERS.get(generator.name());
    Map<String, String> given = new HashMap<>();
    if (known == null || generator.positional().size() > known.size()) {
      throw unknown(name, generator, "it has too many values");
    }
    for (int i = 0; i < generator.positional().size(); i++) {
      given.put(known.get(i), generator.positional().get(i));
    }
    generator
        .named()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                throw unknown(name, generator, "there is no '" + key + "'");
              }
              given.put(key, value);
            });
    return given;
  }

  private static UsageException unknown(String name, ValueText.Generator generator, String why) {
    return new UsageException(
        "argument '%s': %s: %s; it takes %s"
            .formatted(
                name,
                generator.name(),
                why,
                String.join(", ", PARAMETERS.getOrDefault(generator.name(), List.of()))));
  }
}
