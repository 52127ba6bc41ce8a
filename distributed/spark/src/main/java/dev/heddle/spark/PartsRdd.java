package dev.heddle.spark;

import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;

/**
 * An empty partition for each part of a job that reads all its data itself. Unlike a parallelized
 * list it has a partitioner, so that what is computed from it meets later jobs without a shuffle.
 */
final class PartsRdd<V> extends RDD<Tuple2<Integer, V>> {
  private static final long serialVersionUID = 1;

  private record Number(int index) implements Partition {
    @Override
    public boolean equals(Object other) {
      return other instanceof Number number && number.index == index;
    }

    @Override
    public int hashCode() {
      return index;
    }
  }

  private final int parts;
  private final transient List<String> executors;

  /**
   * @param executors for each part the executor that should run it, as Spark names places; empty:
   *     any
   */
  PartsRdd(SparkContext context, int parts, List<String> executors) {
    super(
        context,
        CollectionConverters.asScala(List.<org.apache.spark.Dependency<?>>of()).toSeq(),
        ClassTag$.MODULE$.apply(Tuple2.class));
    this.parts = parts;
    this.executors = List.copyOf(executors);
  }

  @Override
  public scala.collection.Iterator<Tuple2<Integer, V>> compute(
      Partition split, TaskContext context) {
    return CollectionConverters.asScala(List.<Tuple2<Integer, V>>of().iterator());
  }

  @Override
  public Partition[] getPartitions() {
    Partition[] partitions = new Partition[parts];
    for (int i = 0; i < parts; i++) {
      partitions[i] = new Number(i);
    }
    return partitions;
  }

  @Override
  public Seq<String> getPreferredLocations(Partition split) {
    List<String> places =
        split.index() < executors.size() ? List.of(executors.get(split.index())) : List.of();
    return CollectionConverters.asScala(places).toSeq();
  }

  @Override
  public Option<Partitioner> partitioner() {
    return Option.apply(new PartPartitioner(parts));
  }
}
