package dev.heddle.spark;

import dev.heddle.spark.task.Piece;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaRDD;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Brings pieces to the driver, and hands each over as soon as it is there: {@code collect} would
 * hold all of them until the last has come.
 */
final class Fetch {
  /** What a task does: the pieces of its partition, as an array. */
  private interface All extends Function1<Iterator<Piece>, Piece[]>, Serializable {}

  private Fetch() {}

  /** All partitions at once; {@code taker} is called by one thread. */
  static void each(JavaRDD<Piece> pieces, Consumer<Piece> taker) {
    All all = Fetch::toArray;
    Function2<Object, Piece[], BoxedUnit> arrived =
        (number, some) -> {
          List.of(some).forEach(taker);
          return BoxedUnit.UNIT;
        };
    pieces.context().runJob(pieces.rdd(), all, arrived, ClassTag$.MODULE$.apply(Piece[].class));
  }

  private static Piece[] toArray(Iterator<Piece> pieces) {
    List<Piece> list = new ArrayList<>();
    while (pieces.hasNext()) {
      list.add(pieces.next());
    }
    return list.toArray(Piece[]::new);
  }
}
