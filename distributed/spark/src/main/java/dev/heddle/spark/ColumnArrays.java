package dev.heddle.spark;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.run.RunException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of Datasets as arrays, and arrays as Datasets. */
public final class ColumnArrays {
  private static final int ROWS = 1 << 20;

  private ColumnArrays() {}

  /**
   * The numbers of a column, in the order of the Dataset's partitions and rows.
   *
   * @throws RunException USAGE if it is no column of float, double, int, long or byte, or if it may
   *     hold nulls
   */
  public static SparkArray read(HeddleSpark spark, Dataset<Row> rows, String column) {
    Dataset<Row> alone = rows.select(column);
    StructField field = alone.schema().fields()[0];
    ElementType element = element(column, field.dataType());
    if (field.nullable() && !alone.filter(alone.col(alone.columns()[0]).isNull()).isEmpty()) {
      throw RunException.usage("the column " + column + " has nulls; fill or drop them first");
    }
    return spark.blocks(element, alone.javaRDD().mapPartitions(all -> new Blocks(element, all)));
  }

  private static ElementType element(String column, DataType type) {
    for (ElementType element :
        List.of(
            ElementType.FLOAT,
            ElementType.DOUBLE,
            ElementType.INT,
            ElementType.LONG,
            ElementType.CHAR)) {
      if (type.equals(dataType(element))) {
        return element;
      }
    }
    throw RunException.usage(
        "the column %s holds %s; use float, double, int, bigint or tinyint"
            .formatted(column, type.simpleString()));
  }

  private static DataType dataType(ElementType element) {
    return switch (element) {
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case CHAR -> DataTypes.ByteType;
      case BOOL, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw RunException.usage("an array of " + element.text() + " has no column type here");
    };
  }

  /** The values of rows in blocks of bytes. */
  private static final class Blocks implements Iterator<byte[]> {
    private final ElementType element;
    private final Iterator<Row> rows;

    Blocks(ElementType element, Iterator<Row> rows) {
      this.element = element;
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public byte[] next() {
      ByteBuffer block =
          ByteBuffer.allocate(ROWS * element.type().bytes()).order(ByteOrder.nativeOrder());
      while (rows.hasNext() && block.hasRemaining()) {
        put(block, rows.next());
      }
      return java.util.Arrays.copyOf(block.array(), block.position());
    }

    private void put(ByteBuffer block, Row row) {
      switch (row.get(0)) {
        case Float value -> block.putFloat(value);
        case Double value -> block.putDouble(value);
        case Integer value -> block.putInt(value);
        case Long value -> block.putLong(value);
        case Byte value -> block.put(value);
        default -> throw new IllegalArgumentException(row.toString());
      }
    }
  }

  /** An array as rows of {@code index} (from 0) and {@code value}. */
  public static Dataset<Row> rows(SparkSession session, SparkArray array) {
    ElementType element = array.element();
    StructType schema =
        new StructType(
            new StructField[] {
              new StructField("index", DataTypes.LongType, false, Metadata.empty()),
              new StructField("value", dataType(element), false, Metadata.empty())
            });
    JavaRDD<Row> rows =
        array
            .blocks()
            .flatMap(
                block -> {
                  int width = element.type().bytes();
                  ByteBuffer values = ByteBuffer.wrap(block._2()).order(ByteOrder.nativeOrder());
                  List<Row> all = new ArrayList<>();
                  for (long index = block._1() / width; values.hasRemaining(); index++) {
                    all.add(RowFactory.create(index, value(element, values)));
                  }
                  return all.iterator();
                });
    return session.createDataFrame(rows, schema);
  }

  private static Object value(ElementType element, ByteBuffer values) {
    return switch (element) {
      case FLOAT -> values.getFloat();
      case DOUBLE -> values.getDouble();
      case INT -> values.getInt();
      case LONG -> values.getLong();
      case CHAR -> values.get();
      case BOOL, UCHAR, SHORT, USHORT, UINT, ULONG, HALF ->
          throw new IllegalArgumentException(element.text());
    };
  }
}
