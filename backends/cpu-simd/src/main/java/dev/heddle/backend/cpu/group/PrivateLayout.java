package dev.heddle.backend.cpu.group;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Value;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the private arrays of a program lie in scratch memory. Scratch memory has room for {@code
 * capacity} work-items, each in a slot. An array whose accesses all have one element size is
 * interleaved: the same element of neighbouring slots lies side by side.
 *
 * <pre>
 * interleaved:  scratch + capacity * prefix(root) + offset * capacity + slot * granule(root)
 *               (element k of an access: with offset + k * granule)
 * else:         scratch + capacity * prefix(root) + slot * stride(root) + offset
 * </pre>
 *
 * In a stateful program slot and capacity come from the frame; in one of a single segment the
 * emitter uses any slots below {@link #FREE_CAPACITY}, with a capacity of its own choice up to
 * that, and makes the arrays of {@link #zeroed} zero for each work-item.
 */
public final class PrivateLayout {
  /** Slots that a program of one segment may use. */
  public static final int FREE_CAPACITY = 64;

  private static final int ALIGNMENT = 16;
  private static final int MAX_TRACKED = 1 << 16;

  private record Place(boolean interleaved, int granule, long stride, long prefix) {}

  private final Map<Root.Array, Place> places = new LinkedHashMap<>();
  private final Set<Root.Array> written = new HashSet<>();
  private long bytesPerSlot;

  /** The layout of the private arrays of these functions, which share their objects. */
  public PrivateLayout(List<Function> functions) {
    Map<Root.Array, Integer> granules = new HashMap<>();
    functions.forEach(function -> collect(function.body(), granules));
    for (Root root : functions.getFirst().objects()) {
      if (root instanceof Root.Array array && array.space() == AddressSpace.PRIVATE) {
        place(array, granules.getOrDefault(array, 1));
      }
    }
    if (functions.size() == 1) {
      findWritten(functions.getFirst().body());
    }
  }

  /** Whether equal elements of neighbouring slots lie side by side. */
  public boolean interleaved(Root.Array root) {
    return Objects.requireNonNull(places.get(root)).interleaved();
  }

  /** Element size of an interleaved array, in bytes. */
  public int granule(Root.Array root) {
    return Objects.requireNonNull(places.get(root)).granule();
  }

  /** Bytes of one slot in an array; a multiple of 16. */
  public long stride(Root.Array root) {
    return Objects.requireNonNull(places.get(root)).stride();
  }

  /** Bytes per slot of the arrays before this one; a multiple of 16. */
  public long prefix(Root.Array root) {
    return Objects.requireNonNull(places.get(root)).prefix();
  }

  /** Bytes per slot of all arrays. */
  public long bytesPerSlot() {
    return bytesPerSlot;
  }

  /** The private arrays. */
  public Set<Root.Array> arrays() {
    return places.keySet();
  }

  /** Whether something may read the array before it was written. */
  public boolean zeroed(Root.Array root) {
    return !written.contains(root);
  }

  private void place(Root.Array array, int granule) {
    long stride = Math.ceilDiv(array.bytes(), ALIGNMENT) * ALIGNMENT;
    boolean interleaved = granule > 0 && array.bytes() % granule == 0;
    places.put(array, new Place(interleaved, Math.max(1, granule), stride, bytesPerSlot));
    bytesPerSlot += stride;
  }

  /** The one element size of each array's accesses; 0 where sizes or alignments differ. */
  private static void collect(Region region, Map<Root.Array, Integer> granules) {
    for (Op op : region.ops()) {
      if (accessOf(op) instanceof Access access && access.root() instanceof Root.Array array) {
        int size =
            access.alignment() % access.element().bytes() == 0 ? access.element().bytes() : 0;
        granules.merge(array, size, (a, b) -> a.equals(b) ? a : 0);
      }
      Definitions.regions(op).forEach(inner -> collect(inner, granules));
    }
  }

  private static @Nullable Access accessOf(Op op) {
    return switch (op) {
      case Op.Load load -> load.access();
      case Op.Store store -> store.access();
      case Op.Atomic atomic -> atomic.access();
      default -> null;
    };
  }

  private static boolean touchesPrivate(Op op) {
    Access access = accessOf(op);
    return access != null && access.root().space() == AddressSpace.PRIVATE;
  }

  /** Finds arrays that the body's own first ops write from end to end, at constant offsets. */
  private void findWritten(Region body) {
    Map<Value, Long> constants = new HashMap<>();
    Map<Root.Array, BitSet> bytes = new HashMap<>();
    for (Op op : body.ops()) {
      if (op instanceof Op.Constant constant) {
        constants.put(constant.result(), constant.bits());
      }
      if (op instanceof Op.Store store && store.access().root() instanceof Root.Array array) {
        Long offset = constants.get(store.access().offset());
        if (offset != null
            && offset >= 0
            && array.bytes() <= MAX_TRACKED
            && offset + store.access().bytes() <= array.bytes()) {
          BitSet known = bytes.computeIfAbsent(array, root -> new BitSet());
          known.set(offset.intValue(), offset.intValue() + store.access().bytes());
        }
      } else if (touchesPrivate(op) || !Definitions.regions(op).isEmpty()) {
        break;
      }
    }
    bytes.forEach(
        (array, known) -> {
          if (known.cardinality() == array.bytes()) {
            written.add(array);
          }
        });
  }
}
