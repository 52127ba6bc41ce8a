package dev.heddle.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.npy.NpyFile;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where arrays come from and go to, and lambdas over them. */
class ArraysTest {
  @TempDir private Path folder;
  private HeddleSpark spark;

  @BeforeEach
  void open() {
    SparkOptions options = SparkOptions.DEFAULT.with(RunOptions.DEFAULT.on("cpu"));
    spark = HeddleSpark.on(LocalCluster.context(), options);
  }

  @AfterEach
  void close() {
    spark.close();
  }

  private static int[] iota(int n, int factor) {
    int[] values = new int[n];
    for (int i = 0; i < n; i++) {
      values[i] = factor * i;
    }
    return values;
  }

  @Test
  void lambdasOverRddsAndArraysOfTheDriver() {
    List<int[]> blocks = List.of(iota(700, 1), iota(0, 1), iota(301, 2));
    int[] offsets = iota(1001, 10);
    try (SparkInts x = spark.ints(LocalCluster.context().parallelize(blocks, 3));
        SparkInts y = spark.ints(1001)) {
      assertEquals(1001, x.size());
      spark.lambdas().parallelFor(1001, i -> y.set(i, x.get(i) + offsets[i]));
      int[] expected = new int[1001];
      for (int i = 0; i < 1001; i++) {
        expected[i] = (i < 700 ? i : 2 * (i - 700)) + 10 * i;
      }
      assertArrayEquals(expected, y.toArray());
      int[] backwards = new int[1001];
      spark.lambdas().parallelFor(1001, i -> backwards[i] = y.get(1000 - i));
      assertEquals(expected[1000], backwards[0]);
      assertEquals(expected[0], backwards[1000]);
      ArrayIndexOutOfBoundsException fault =
          assertThrows(
              ArrayIndexOutOfBoundsException.class,
              () -> spark.lambdas().parallelFor(1001, i -> y.set(i, offsets[i + 1])));
      assertTrue(fault.getMessage().contains("1001"), fault.getMessage());
    }
  }

  @Test
  void filesAreReadAndWrittenInSlices() {
    Path in = folder.resolve("in.npy");
    Path out = folder.resolve("out.npy");
    int[] values = iota(50_000, 3);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(4L * values.length);
      memory.copyFrom(MemorySegment.ofArray(values));
      NpyFile.write(in, ElementType.INT, List.of((long) values.length), memory);
    }
    try (SparkInts x = (SparkInts) spark.npy(in);
        SparkInts y = spark.ints(values.length)) {
      spark.lambdas().map(x, y, v -> v + 1);
      y.save(out);
      try (Arena arena = Arena.ofConfined()) {
        int[] saved = NpyFile.open(out, arena).data().toArray(ValueLayout.JAVA_INT);
        assertArrayEquals(y.toArray(), saved);
        assertEquals(3 * 49_999 + 1, saved[49_999]);
      }
      x.save(out);
      assertArrayEquals(values, ((SparkInts) spark.npy(out)).toArray());
    }
    String[] left = folder.toFile().list();
    assertEquals(2, left == null ? 0 : left.length, "no partial file is left");
  }

  @Test
  void columnsOfDatasets() {
    SparkSession session =
        SparkSession.builder().sparkContext(LocalCluster.context().sc()).getOrCreate();
    Dataset<Row> rows =
        session.range(0, 1000, 1, 3).selectExpr("id", "cast(id as double) / 4 as x");
    try (SparkDoubles x = (SparkDoubles) ColumnArrays.read(spark, rows, "x");
        SparkDoubles y = spark.doubles(1000)) {
      spark.lambdas().map(x, y, v -> 2 * v);
      Dataset<Row> back = ColumnArrays.rows(session, y);
      assertEquals(1000, back.count());
      assertEquals(0, back.filter("value != index / 2").count());
    }
    RunException text =
        assertThrows(
            RunException.class,
            () -> ColumnArrays.read(spark, rows.selectExpr("cast(id as string) s"), "s"));
    assertTrue(text.getMessage().contains("string"), text.getMessage());
    RunException nulls =
        assertThrows(
            RunException.class,
            () -> ColumnArrays.read(spark, rows.selectExpr("nullif(x, 1.0) n"), "n"));
    assertTrue(nulls.getMessage().contains("nulls"), nulls.getMessage());
    assertFalse(LocalCluster.context().sc().isStopped());
  }
}
