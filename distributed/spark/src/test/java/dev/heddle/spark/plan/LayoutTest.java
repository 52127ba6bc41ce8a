package dev.heddle.spark.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.spark.task.Span;
import dev.heddle.spark.task.Spans;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static final int BYTES = 200;

  private static BitSet bits(List<Span> spans) {
    BitSet bits = new BitSet();
    spans.forEach(span -> bits.set((int) span.begin(), (int) span.end()));
    return bits;
  }

  private static List<Span> random(Random random) {
    List<Span> spans = new ArrayList<>();
    for (int i = 0; i < random.nextInt(6); i++) {
      int begin = random.nextInt(BYTES);
      spans.add(new Span(begin, begin + random.nextInt(BYTES - begin + 1)));
    }
    return Spans.normal(spans);
  }

  @Test
  void setsOfBytesAreThoseOfBits() {
    Random random = new Random(1);
    for (int trial = 0; trial < 2000; trial++) {
      List<Span> a = random(random);
      List<Span> b = random(random);
      BitSet both = bits(a);
      both.and(bits(b));
      assertEquals(both, bits(Spans.intersection(a, b)), a + " " + b);
      BitSet rest = bits(a);
      rest.andNot(bits(b));
      assertEquals(rest, bits(Spans.difference(a, b)), a + " " + b);
      BitSet either = bits(a);
      either.or(bits(b));
      assertEquals(either, bits(Spans.union(a, b)), a + " " + b);
      assertEquals(both.cardinality() > 0, Spans.meet(a, b));
      assertEquals(bits(a).cardinality(), Spans.bytes(a));
    }
  }

  @Test
  void everyByteHasOneOwnerAndEveryNeedItsRoutes() {
    Random random = new Random(2);
    for (int trial = 0; trial < 500; trial++) {
      List<List<Span>> writes = new ArrayList<>();
      BitSet taken = new BitSet();
      for (int part = 0; part < 1 + random.nextInt(4); part++) {
        BitSet mine = bits(random(random));
        mine.andNot(taken);
        taken.or(mine);
        writes.add(spans(mine));
      }
      Layout layout = Layout.byWrites(writes, BYTES);
      BitSet owned = new BitSet();
      for (int part = 0; part < writes.size(); part++) {
        BitSet mine = bits(layout.owned().get(part));
        assertTrue(!mine.intersects(owned), "two owners");
        owned.or(mine);
        BitSet written = bits(writes.get(part));
        written.andNot(mine);
        assertTrue(written.isEmpty(), "a part owns what it writes");
      }
      assertEquals(BYTES, owned.cardinality());
      List<List<Span>> needs = List.of(random(random), random(random));
      List<BitSet> brought = List.of(new BitSet(), new BitSet());
      for (Layout.Route route : layout.routes(needs)) {
        BitSet piece = bits(List.of(route.span()));
        brought.get(route.to()).or(piece);
        piece.andNot(bits(layout.owned().get(route.from())));
        assertTrue(piece.isEmpty(), "it comes from its owner");
      }
      assertEquals(bits(needs.get(0)), brought.get(0));
      assertEquals(bits(needs.get(1)), brought.get(1));
    }
  }

  private static List<Span> spans(BitSet bits) {
    List<Span> spans = new ArrayList<>();
    for (int at = bits.nextSetBit(0); at >= 0; at = bits.nextSetBit(at)) {
      int end = bits.nextClearBit(at);
      spans.add(new Span(at, end));
      at = end;
    }
    return spans;
  }
}
