package dev.heddle.runtime.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiled programs, or what else takes long to find out, kept on disk by everything that they
 * depend on. A file is the SHA-256 of its content, then the content; one that does not agree with
 * itself counts as absent. That the cache can't be read or written is no error: programs are then
 * compiled again.
 */
public final class BinaryCache {
  private static final System.Logger LOG = System.getLogger(BinaryCache.class.getName());
  private static final String VERSION = "1";
  private static final int DIGEST_BYTES = 32;
  private static final long MAX_BYTES = 256L << 20;

  private final Optional<Path> folder;

  /**
   * @param folder where the files are; empty for a cache that keeps nothing
   */
  public BinaryCache(Optional<Path> folder) {
    this.folder = folder;
  }

  /** The cache of one back end's programs in the user's cache folder. */
  public static BinaryCache open(String backend) {
    return open(backend, "programs");
  }

  /** The cache of that name of one back end. */
  static BinaryCache open(String backend, String name) {
    try {
      return new BinaryCache(Optional.of(PrivateFolder.in(backend, name)));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "no cache of " + name, e);
      return new BinaryCache(Optional.empty());
    }
  }

  /** Whether what is put here can be found again by later processes. */
  boolean keeps() {
    return folder.filter(Files::isWritable).isPresent();
  }

  /** A name for what depends on {@code parts} alone. */
  public static String key(String... parts) {
    MessageDigest digest = sha256();
    digest.update(VERSION.getBytes(StandardCharsets.UTF_8));
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  public Optional<byte[]> get(String key) {
    return folder.map(in -> in.resolve(key)).flatMap(BinaryCache::read);
  }

  private static Optional<byte[]> read(Path file) {
    try {
      byte[] whole = Files.readAllBytes(file);
      if (whole.length < DIGEST_BYTES) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOfRange(whole, DIGEST_BYTES, whole.length);
      byte[] digest = Arrays.copyOf(whole, DIGEST_BYTES);
      if (!MessageDigest.isEqual(digest, sha256().digest(content))) {
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
      return Optional.of(content);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  public void put(String key, byte[] content) {
    folder.ifPresent(in -> write(in, key, content));
  }

  private static void write(Path folder, String key, byte[] content) {
    byte[] whole = Arrays.copyOf(sha256().digest(content), DIGEST_BYTES + content.length);
    System.arraycopy(content, 0, whole, DIGEST_BYTES, content.length);
    try {
      PrivateFolder.write(folder.resolve(key), whole);
      shrink(folder);
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.DEBUG, "could not keep a file", e);
    }
  }

  /** Drops the files that were not used for longest, until the rest is small enough. */
  private static void shrink(Path folder) throws IOException {
    List<Kept> newestFirst;
    try (Stream<Path> files = Files.list(folder)) {
      newestFirst =
          files.map(Kept::of).sorted(Comparator.comparing(Kept::lastUse).reversed()).toList();
    }
    long bytes = 0;
    for (Kept kept : newestFirst) {
      bytes += kept.file().toFile().length();
      if (bytes > MAX_BYTES) {
        Files.deleteIfExists(kept.file());
      }
    }
  }

  /** A file with the time of its last use, asked once: other processes use files meanwhile. */
  private record Kept(Path file, long lastUse) {
    static Kept of(Path file) {
      return new Kept(file, file.toFile().lastModified());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
