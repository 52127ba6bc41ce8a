package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.Definitions;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.TypeKind;
import java.util.HashSet;
import java.util.Set;

/**
 * Loads of single ints beside those of vectors that fill a cache line. A processor that reads ahead
 * goes by the number of accesses, and one to a line is few: with another to each line that is read,
 * and two to each that will be written, streams from memory arrive up to a quarter sooner. In
 * caches they would cost more than they bring.
 */
final class Touches {
  private static final int LINE_BYTES = 64;

  private final Code code;

  /** A local with what all loads gave together, so that they are not left out. */
  private final int sum;

  /** Emits the beginning of a method that touches. */
  Touches(Code code) {
    this.code = code;
    code.constant(0);
    sum = code.keepInt();
  }

  /** Whether a unit does little else than to go through buffers, a cache line at a time. */
  static boolean help(Unit unit) {
    return Kind.lanes() * Integer.BYTES == LINE_BYTES
        && unit.privates().arrays().isEmpty()
        && goesOnceThrough(unit.function().body(), new HashSet<>());
  }

  /** Whether no line is wanted twice, as far as is known from which buffers are read how often. */
  private static boolean goesOnceThrough(Region region, Set<Root> read) {
    return region.ops().stream()
        .allMatch(
            op ->
                switch (op) {
                  case Op.Loop loop -> false;
                  case Op.Load load -> read.add(load.access().root());
                  default ->
                      Definitions.regions(op).stream()
                          .allMatch(inner -> goesOnceThrough(inner, read));
                });
  }

  /** Whether each vector of values of a type fills a line. */
  static boolean fillsLine(Type type) {
    return switch (type) {
      case I32, I64, F32, F64 -> true;
      case BOOL, I8, I16, F16 -> false;
    };
  }

  /**
   * Touches the line that a vector was loaded from; memory and address are pushed by the caller.
   */
  void loaded(Runnable place) {
    touch(place, LINE_BYTES / 2);
  }

  /** Touches the line that a vector will be stored to. */
  void toBeStored(Runnable place) {
    touch(place, 0);
    touch(place, LINE_BYTES / 2);
  }

  private void touch(Runnable place, long offset) {
    code.load(TypeKind.INT, sum);
    place.run();
    code.constant(offset);
    code.builder().ladd();
    code.call("Elements", "touch");
    code.store(TypeKind.INT, sum);
  }

  /**
   * Emits the end of a method that touches.
   *
   * @param address a local with the address of memory that nobody reads
   */
  void end(int address) {
    code.load(TypeKind.INT, sum);
    code.longValue(address);
    code.call("Memory", "putInt");
  }
}
