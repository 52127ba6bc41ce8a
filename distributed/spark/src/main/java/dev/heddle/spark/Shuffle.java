package dev.heddle.spark;

import dev.heddle.spark.plan.Layout.Route;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.Piece;
import dev.heddle.spark.task.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Brings pieces to the partitions that need them. What a partition needs of itself stays where it
 * is; only the rest, such as halos, goes through Spark's shuffle.
 */
final class Shuffle {
  /** Where the pieces of one partition go. */
  private record Target(int to, Span span) implements Serializable {}

  private Shuffle() {}

  /**
   * The pieces of one buffer where they are needed, in the slot of the new job.
   *
   * @param pieces keyed by partition
   * @param parts number of partitions of the new job
   * @return one or two, all partitioned alike
   */
  static List<JavaPairRDD<Integer, Output>> bring(
      JavaSparkContext context,
      JavaPairRDD<Integer, Piece> pieces,
      List<Route> routes,
      int slot,
      int parts) {
    PartPartitioner partitioner = new PartPartitioner(parts);
    boolean aligned =
        pieces.partitioner().orElse(null) instanceof PartPartitioner p && p.equals(partitioner);
    Map<Integer, List<Target>> staying = new HashMap<>();
    Map<Integer, List<Target>> leaving = new HashMap<>();
    for (Route route : routes) {
      boolean stays = aligned && route.from() == route.to();
      (stays ? staying : leaving)
          .computeIfAbsent(route.from(), from -> new ArrayList<>())
          .add(new Target(route.to(), route.span()));
    }
    List<JavaPairRDD<Integer, Output>> brought = new ArrayList<>();
    if (!staying.isEmpty()) {
      brought.add(cut(pieces, context.broadcast(staying), slot, true));
    }
    if (!leaving.isEmpty()) {
      brought.add(cut(pieces, context.broadcast(leaving), slot, false).partitionBy(partitioner));
    }
    return brought;
  }

  private static JavaPairRDD<Integer, Output> cut(
      JavaPairRDD<Integer, Piece> pieces,
      Broadcast<Map<Integer, List<Target>>> targets,
      int slot,
      boolean staying) {
    return pieces.mapPartitionsToPair(
        entries -> {
          List<Tuple2<Integer, Output>> cut = new ArrayList<>();
          while (entries.hasNext()) {
            Tuple2<Integer, Piece> entry = entries.next();
            for (Target target : targets.value().getOrDefault(entry._1(), List.of())) {
              Span span = entry._2().span();
              if (target.span().begin() < span.end() && span.begin() < target.span().end()) {
                cut.add(new Tuple2<>(target.to(), entry._2().cut(target.span()).in(slot)));
              }
            }
          }
          return cut.iterator();
        },
        staying);
  }
}
