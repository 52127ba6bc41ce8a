package dev.heddle.runtime.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.ElementType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
  @TempDir Path folder;

  private Path file(int version, String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
    ByteBuffer length = ByteBuffer.allocate(version == 1 ? 2 : 4).order(ByteOrder.LITTLE_ENDIAN);
    out.write(
        (version == 1 ? length.putShort((short) text.length) : length.putInt(text.length)).array());
    out.write(text);
    out.write(data);
    return Files.write(folder.resolve("a.npy"), out.toByteArray());
  }

  private static String header(String descr, boolean fortran, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
        .formatted(descr, fortran ? "True" : "False", shape);
  }

  private static byte[] ints(ByteOrder order, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private int[] read(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      return NpyFile.open(path, arena).data().toArray(ValueLayout.JAVA_INT_UNALIGNED);
    }
  }

  @Test
  void readsAllVersions() throws IOException {
    for (int version = 1; version <= 3; version++) {
      Path path =
          file(version, header("<i4", false, "(3,)"), ints(ByteOrder.LITTLE_ENDIAN, 1, 2, 3));
      assertArrayEquals(new int[] {1, 2, 3}, read(path), "version " + version);
    }
  }

  @Test
  void convertsBigEndianAndFortranOrder() throws IOException {
    assertArrayEquals(
        new int[] {1, -2, 3},
        read(file(1, header(">i4", false, "(3,)"), ints(ByteOrder.BIG_ENDIAN, 1, -2, 3))));
    assertArrayEquals(
        new int[] {1, 2, 3, 4, 5, 6},
        read(
            file(
                1,
                header("<i4", true, "(2, 3)"),
                ints(ByteOrder.LITTLE_ENDIAN, 1, 4, 2, 5, 3, 6))));
    assertArrayEquals(
        new int[] {1, 2, 3, 4, 5, 6, 7, 8},
        read(
            file(
                1,
                header(">i4", true, "(2, 2, 2)"),
                ints(ByteOrder.BIG_ENDIAN, 1, 5, 3, 7, 2, 6, 4, 8))));
  }

  @Test
  void aComplexItemIsAPairInEitherOrder() throws IOException {
    ByteBuffer floats = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : new float[] {1, 2, 5, 6, 3, 4, 7, 8}) {
      floats.putFloat(value);
    }
    Path path = file(1, header("<c8", true, "(2, 2)"), floats.array());
    try (Arena arena = Arena.ofConfined()) {
      NpyFile array = NpyFile.open(path, arena);
      assertEquals(8, array.header().count());
      assertArrayEquals(
          new float[] {1, 2, 3, 4, 5, 6, 7, 8},
          array.data().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
    }
  }

  @Test
  void writesToTheArrayNeverReachTheFile() throws IOException {
    Path path = folder.resolve("w.npy");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_INT, 1, 2, 3, 4);
      NpyFile.write(path, ElementType.INT, List.of(2L, 2L), data);
      NpyFile read = NpyFile.open(path, arena);
      assertEquals(List.of(2L, 2L), read.header().shape());
      assertEquals(0, read.data().address() % 64, "data start at a multiple of 64");
      read.data().set(ValueLayout.JAVA_INT, 0, 99);
    }
    assertArrayEquals(new int[] {1, 2, 3, 4}, read(path));
  }

  @Test
  void everyTypeComesBack() {
    try (Arena arena = Arena.ofConfined()) {
      for (ElementType type : ElementType.values()) {
        Path path = folder.resolve(type.text() + ".npy");
        NpyFile.write(path, type, List.of(3L), arena.allocate(3L * type.type().bytes(), 8));
        assertEquals(type, NpyFile.open(path, arena).header().element());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          '{''descr'': ''|O'', ''fortran_order'': False, ''shape'': (1,), }'  ; pickle
          '{''descr'': [(''a'', ''<f4'')], ''fortran_order'': False, ''shape'': (1,), }' ; structured
          '{''descr'': ''<U3'', ''fortran_order'': False, ''shape'': (1,), }' ; not supported
          '{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (-1,), }' ; extent
          '{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (9999999999,9999999999), }' ; 2^63
          '{''descr'': ''<f4'', ''fortran_order'': Maybe, ''shape'': (1,), }' ; neither
          '{''descr'': ''<f4'', ''shape'': (1,), }' ; all needed
          '{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (1,), ''x'': 1}' ; unknown key
          'rubbish' ; malformed
          '{''descr'': ''<f4'', ''fortran_order'': False, ''shape'': (100,), }' ; truncated
          """)
  void badHeadersAreExplained(String header, String word) throws IOException {
    Path path = file(1, header, new byte[4]);
    try (Arena arena = Arena.ofConfined()) {
      NpyException e = assertThrows(NpyException.class, () -> NpyFile.open(path, arena));
      assertTrue(e.getMessage().contains(word), e.getMessage());
      assertTrue(e.getMessage().contains("a.npy"), e.getMessage());
    }
  }

  @Test
  void anOversizedHeaderIsRefusedBeforeItIsRead() throws IOException {
    Path path = file(2, header("<f4", false, "(1,)"), new byte[4]);
    byte[] bytes = Files.readAllBytes(path);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE);
    Files.write(path, bytes);
    try (Arena arena = Arena.ofConfined()) {
      NpyException e = assertThrows(NpyException.class, () -> NpyFile.open(path, arena));
      assertTrue(e.getMessage().contains("header claims"), e.getMessage());
    }
  }

  @Test
  void damagedFilesGiveAnErrorOrAnArray() throws IOException {
    Random random = new Random(5);
    byte[] whole =
        Files.readAllBytes(
            file(1, header("<i4", false, "(2, 2)"), ints(ByteOrder.LITTLE_ENDIAN, 1, 2, 3, 4)));
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Path path = Files.write(folder.resolve("damaged.npy"), bytes);
      try (Arena arena = Arena.ofConfined()) {
        NpyFile.open(path, arena);
      } catch (NpyException expected) {
        assertTrue(expected.getMessage().contains("damaged.npy"), expected.getMessage());
      }
    }
  }

  @Test
  void aMissingFileAndAMissingFolderAreSaid() {
    try (Arena arena = Arena.ofConfined()) {
      Path missing = folder.resolve("no.npy");
      assertThrows(NpyException.class, () -> NpyFile.open(missing, arena));
      Path nowhere = folder.resolve("no/such/a.npy");
      NpyException e =
          assertThrows(
              NpyException.class,
              () -> NpyFile.write(nowhere, ElementType.INT, List.of(0L), MemorySegment.NULL));
      assertTrue(e.getMessage().contains("folder"), e.getMessage());
    }
  }
}
