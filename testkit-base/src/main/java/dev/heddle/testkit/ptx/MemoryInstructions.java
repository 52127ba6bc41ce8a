package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.Operand.Register;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decodes ld, st, atom and red (ISA sections 9.7.9 and 9.7.13). */
final class MemoryInstructions {
  private static final Set<PtxType> STORABLE =
      EnumSet.complementOf(EnumSet.of(PtxType.PRED, PtxType.F16));
  private static final int WIDEST = 16;

  private MemoryInstructions() {}

  static Optional<Instruction> find(Modifiers m, Operands operands) {
    return switch (m.name()) {
      case "ld" -> Optional.of(load(m, operands));
      case "st" -> Optional.of(store(m, operands));
      case "atom" -> Optional.of(Atomics.decode(m, operands, true));
      case "red" -> Optional.of(Atomics.decode(m, operands, false));
      default -> Optional.empty();
    };
  }

  /** What the modifiers of an access say. */
  private record Shape(Space space, boolean constant, int count, PtxType type) {}

  /** [.weak|.volatile|.order.scope][.space][.nc][.cache...][.vector].type */
  private static Shape shape(Modifiers m, boolean loading) {
    boolean ordered = order(m, loading ? "acquire" : "release");
    Space space = space(m);
    boolean constant = loading && m.take("nc");
    boolean hinted = hints(m, loading);
    int count =
        m.takeOne("v2", "v4").map(vector -> Integer.parseInt(vector.substring(1))).orElse(1);
    PtxType type = m.type(STORABLE);
    m.end();
    if (constant && (space != Space.GLOBAL || ordered)) {
      throw m.statement().error(".nc is for plain .global loads alone");
    }
    if (ordered && hinted || ordered && (space == Space.CONST || space == Space.PARAM)) {
      throw m.statement().error("an ordered access here");
    }
    if (count * type.bytes() > WIDEST) {
      throw m.statement().error("an access of more than " + WIDEST + " bytes");
    }
    if (!loading && (space == Space.CONST || space == Space.PARAM)) {
      throw m.statement().error("a store to " + space);
    }
    return new Shape(space, constant, count, type);
  }

  private static boolean order(Modifiers m, String synchronizing) {
    if (m.take("weak")) {
      return false;
    }
    if (m.take("volatile")) {
      return true;
    }
    if (m.take("relaxed") || m.take(synchronizing)) {
      m.need("cta", "gpu", "sys");
      return true;
    }
    return false;
  }

  static Space space(Modifiers m) {
    Optional<Space> space = Space.named(m.peek());
    space.ifPresent(_ -> m.take(m.peek()));
    return space.orElse(Space.GENERIC);
  }

  private static boolean hints(Modifiers m, boolean loading) {
    boolean any =
        loading
            ? m.takeOne("ca", "cg", "cs", "lu", "cv").isPresent()
            : m.takeOne("wb", "cg", "cs", "wt").isPresent();
    any |=
        m.takeOne(
                "L1::evict_normal",
                "L1::evict_unchanged",
                "L1::evict_first",
                "L1::evict_last",
                "L1::no_allocate")
            .isPresent();
    return any | loading && m.takeOne("L2::64B", "L2::128B", "L2::256B").isPresent();
  }

  private static List<Operand> elements(Modifiers m, Operand operand, int count) {
    List<Operand> elements =
        operand instanceof Operand.Vector vector ? vector.parts() : List.of(operand);
    boolean braces = operand instanceof Operand.Vector;
    if (elements.size() != count || braces != count > 1) {
      throw m.statement().error("the vector does not have " + count + " elements");
    }
    return elements;
  }

  /** An access: where it goes, and the space once a generic address is known. */
  abstract static class Access extends Instruction {
    private final Space space;
    private final Operands.Place place;
    private final int bytes;

    Access(Slots slots, Space space, Operands.Place place, int bytes) {
      super(slots);
      this.space = space;
      this.place = place;
      this.bytes = bytes;
    }

    @Override
    final int run(Lane lane, int next) {
      long address = lane.slots()[place.base()] + place.offset();
      Space reached = space;
      if (space == Space.GENERIC) {
        reached = windowOf(address);
        address -= reached.window();
      }
      access(lane, lane.block().reach(lane, reached, address, bytes), address);
      return next;
    }

    private static Space windowOf(long address) {
      for (Space candidate : List.of(Space.SHARED, Space.LOCAL, Space.CONST, Space.PARAM)) {
        long offset = address - candidate.window();
        if (offset >= 0 && offset < Space.WINDOW_BYTES) {
          return candidate;
        }
      }
      return Space.GLOBAL;
    }

    abstract void access(Lane lane, Segment segment, long address);
  }

  private static Instruction load(Modifiers m, Operands operands) {
    Shape shape = shape(m, true);
    operands.expectCount(2, 2);
    List<Register> targets = new ArrayList<>();
    for (Operand element : elements(m, operands.get(0), shape.count())) {
      targets.add(operands.write(element, shape.type(), true));
    }
    Operands.Place place = operands.place(operands.get(1), shape.space());
    PtxType type = shape.type();
    boolean constant = shape.constant();
    Register[] registers = targets.toArray(Register[]::new);
    return new Access(operands.slots(), shape.space(), place, shape.count() * type.bytes()) {
      @Override
      void access(Lane lane, Segment segment, long address) {
        long at = address;
        for (Register register : registers) {
          long value = constant ? segment.readConstant(at, type) : segment.read(at, type);
          lane.slots()[register.slot()] =
              register.type().truncate(ComputeInstructions.extend(type, value));
          at += type.bytes();
        }
      }
    };
  }

  private static Instruction store(Modifiers m, Operands operands) {
    Shape shape = shape(m, false);
    operands.expectCount(2, 2);
    Operands.Place place = operands.place(operands.get(0), shape.space());
    List<Operand> elements = elements(m, operands.get(1), shape.count());
    int[] sources = elements.stream().mapToInt(e -> operands.read(e, shape.type(), true)).toArray();
    PtxType type = shape.type();
    return new Access(operands.slots(), shape.space(), place, shape.count() * type.bytes()) {
      @Override
      void access(Lane lane, Segment segment, long address) {
        long at = address;
        for (int source : sources) {
          segment.write(at, type, lane.slots()[source]);
          at += type.bytes();
        }
      }
    };
  }
}
