package dev.heddle.cli.spec;

import dev.heddle.compiler.frontend.opencl.IncludeResolver;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads kernel files, and the files that they include: only from the folders allowed. */
public final class SourceLoader implements IncludeResolver {
  private static final long MAX_BYTES = 64L << 20;

  private final List<Path> roots;
  private final List<Path> searchFolders;

  private SourceLoader(List<Path> roots, List<Path> searchFolders) {
    this.roots = roots;
    this.searchFolders = searchFolders;
  }

  /** A resolver for the includes of {@code files}: under their folders and under {@code extra}. */
  public static SourceLoader of(List<String> files, List<String> extra) {
    List<Path> roots = new ArrayList<>();
    List<Path> search = new ArrayList<>();
    for (String file : files) {
      roots.add(real(folderOf(Path.of(file))));
    }
    for (String folder : extra) {
      Path path = Path.of(folder);
      if (!Files.isDirectory(path)) {
        throw new UsageException("-I " + folder + ": no such folder");
      }
      roots.add(real(path));
      search.add(path);
    }
    return new SourceLoader(roots, search);
  }

  /** The text of a kernel file. */
  public static SourceFile read(String file) {
    Path path = Path.of(file);
    try {
      if (Files.isDirectory(path)) {
        throw new UsageException(file + ": is a folder; a kernel file was expected");
      }
      long size = Files.size(path);
      if (size > MAX_BYTES) {
        throw new UsageException(
            "%s: %,d bytes; a source of at most %,d is read".formatted(file, size, MAX_BYTES));
      }
      return new SourceFile(file, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UsageException(file + ": no such file");
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e.getMessage());
    }
  }

  @Override
  public Answer resolve(String header, String includingFile, boolean angled) {
    List<Path> candidates = new ArrayList<>();
    if (!angled) {
      candidates.add(folderOf(Path.of(includingFile)).resolve(header));
    }
    searchFolders.forEach(folder -> candidates.add(folder.resolve(header)));
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate)) {
        return open(candidate);
      }
    }
    return new Answer.Refused("no such file in the kernel file's folder or those of -I");
  }

  private Answer open(Path path) {
    Path real = real(path);
    if (roots.stream().noneMatch(real::startsWith)) {
      return new Answer.Refused(
          "it lies outside the kernel file's folder and those of -I, which alone are read");
    }
    try {
      return new Answer.Found(read(path.normalize().toString()));
    } catch (UsageException e) {
      return new Answer.Refused(e.getMessage());
    }
  }

  private static Path folderOf(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of("") : parent;
  }

  private static Path real(Path path) {
    try {
      return path.toAbsolutePath().toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
