package dev.heddle.runtime.exec;

import dev.heddle.compiler.analysis.CodeSize;
import dev.heddle.compiler.analysis.FaultSites;
import dev.heddle.compiler.analysis.GroupVisibility;
import dev.heddle.compiler.analysis.Guards;
import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One prepared function of a kernel and what holds for all its launches. It is compiled in at most
 * two variants for each set of options: with all accesses checked, and with those unchecked that
 * the launch analysis proved.
 */
public final class KernelCode {
  /** Operations of a work-item that surely ends within about a second. */
  private static final double MOST_OPERATIONS = 1e8;

  /** What more launches took is forgotten. */
  private static final int MOST_RECENTS = 256;

  /** What a parameter takes. */
  public enum Kind {
    INTEGER,
    FLOAT,
    BUFFER,
    LOCAL
  }

  /** A function as devices get it. */
  static final class Variant {
    private final Function function;
    private final Set<Integer> finiteLoops;
    private final FaultSites sites;
    private final ConcurrentHashMap<Object, Compiled> compiled = new ConcurrentHashMap<>();

    Variant(Function function, Set<Integer> finiteLoops) {
      this.function = function;
      this.finiteLoops = Set.copyOf(finiteLoops);
      this.sites = new FaultSites(function);
    }

    Function function() {
      return function;
    }

    /** Labels of the loops that end soon in every launch that it is for. */
    Set<Integer> finiteLoops() {
      return finiteLoops;
    }

    /** The ops that may fault, as the devices number them. */
    FaultSites sites() {
      return sites;
    }

    ConcurrentHashMap<Object, Compiled> compiled() {
      return compiled;
    }
  }

  private record Proven(BitSet sites, Variant variant) {}

  private final Function function;
  private final Kind[] kinds;
  private final boolean[] read;
  private final boolean[] written;
  private final boolean groupsVisible;
  private final boolean usesDouble;
  private final String fingerprint;
  private final int size;
  private final Variant checked;
  private final Effort effort = new Effort();
  private volatile @Nullable Proven proven;
  private volatile @Nullable Variant unguarded;
  private volatile boolean floatsMatter;

  private final ConcurrentHashMap<LaunchKey, PreparedLaunch> launches = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<LaunchKey, Recents> recents = new ConcurrentHashMap<>();
  private volatile @Nullable PreparedLaunch last;

  /**
   * @param function a prepared kernel, all guards {@code CHECKED}
   */
  public KernelCode(Function function) {
    this.function = function;
    List<Parameter> parameters = function.parameters();
    this.kinds = parameters.stream().map(KernelCode::kind).toArray(Kind[]::new);
    this.read = new boolean[kinds.length];
    this.written = new boolean[kinds.length];
    this.usesDouble = scan(function.body());
    this.groupsVisible = GroupVisibility.of(function).visible();
    this.fingerprint = Fingerprint.of(function);
    this.size = CodeSize.of(function);
    this.checked = new Variant(function, Set.of());
  }

  /** Whether a launch is proven not to fault. */
  boolean allProven(LaunchFacts facts) {
    return facts.provenSites().cardinality() == checked.sites().sites().size();
  }

  private static Kind kind(Parameter parameter) {
    return switch (parameter) {
      case Parameter.Scalar scalar -> scalar.element().type().isFloat() ? Kind.FLOAT : Kind.INTEGER;
      case Parameter.Pointer pointer ->
          pointer.root() instanceof Root.LocalParameter ? Kind.LOCAL : Kind.BUFFER;
    };
  }

  /** Notes which buffers are read and written; whether any value is a double. */
  private boolean scan(Region region) {
    boolean doubles = false;
    for (Op op : region.ops()) {
      for (Value result : op.results()) {
        doubles |= result.type() == Type.F64;
      }
      switch (op) {
        case Op.Load load -> mark(read, load.access());
        case Op.Store store -> mark(written, store.access());
        case Op.Atomic atomic -> {
          mark(read, atomic.access());
          mark(written, atomic.access());
        }
        case Op.If branch -> doubles |= scan(branch.thenRegion()) | scan(branch.elseRegion());
        case Op.Loop loop -> doubles |= scan(loop.body());
        default -> {}
      }
    }
    return doubles;
  }

  private static void mark(boolean[] flags, Access access) {
    if (access.root() instanceof Root.Buffer buffer) {
      flags[buffer.parameter()] = true;
    }
  }

  public Function function() {
    return function;
  }

  public String name() {
    return function.name();
  }

  public int parameters() {
    return kinds.length;
  }

  public Kind kind(int parameter) {
    return kinds[parameter];
  }

  /** Whether any access reads the buffer passed for that parameter. */
  public boolean reads(int parameter) {
    return read[parameter];
  }

  /** Whether any access writes the buffer passed for that parameter. */
  public boolean writes(int parameter) {
    return written[parameter];
  }

  /** Whether the kernel can see how its work-groups are cut. */
  boolean groupsVisible() {
    return groupsVisible;
  }

  /** Bytes of the local arrays that it declares. */
  long localBytes() {
    long bytes = 0;
    for (Root root : function.objects()) {
      if (root instanceof Root.Array array && array.space() == AddressSpace.LOCAL) {
        bytes += array.bytes();
      }
    }
    return bytes;
  }

  boolean usesDouble() {
    return usesDouble;
  }

  /** Names the code in what is kept between processes. */
  String fingerprint() {
    return fingerprint;
  }

  /** Ops in its text. */
  int size() {
    return size;
  }

  /** Whether the proofs of a launch depend on floating-point arguments. */
  boolean floatsMatter() {
    return floatsMatter;
  }

  void noteThatFloatsMatter() {
    floatsMatter = true;
  }

  /** The variant for a launch: unchecked where that is safe for it, else checked. */
  Variant variant(LaunchFacts facts) {
    Set<Integer> finite = finiteLoops(facts);
    if (facts.provenAccesses() == 0 && finite.isEmpty()) {
      return checked;
    }
    Proven present = proven;
    if (present == null) {
      synchronized (this) {
        present = proven;
        if (present == null) {
          Variant variant = new Variant(Guards.apply(function, facts), finite);
          present = new Proven(facts.provenSites(), variant);
          proven = present;
        }
      }
    }
    BitSet missing = (BitSet) present.sites().clone();
    missing.andNot(facts.provenSites());
    boolean holds = finite.containsAll(present.variant().finiteLoops());
    return missing.isEmpty() && holds ? present.variant() : checked;
  }

  /** Loops proven to end; none of work-items that may run so long that they must be stoppable. */
  private static Set<Integer> finiteLoops(LaunchFacts facts) {
    return facts.work().operations() <= MOST_OPERATIONS ? facts.loops().labels() : Set.of();
  }

  /** The variant with all accesses checked. */
  Variant checked() {
    return checked;
  }

  /** The variant without any check. */
  synchronized Variant unguarded() {
    Variant present = unguarded;
    if (present == null) {
      present = new Variant(Guards.none(function), Set.of());
      unguarded = present;
    }
    return present;
  }

  /** What its runs have taken. */
  Effort effort() {
    return effort;
  }

  /** The launch prepared last. */
  @Nullable PreparedLaunch last() {
    return last;
  }

  void remember(PreparedLaunch launch) {
    last = launch;
  }

  /** What launches of that work took last. */
  Recents recents(LaunchKey key) {
    if (recents.size() >= MOST_RECENTS) {
      recents.clear();
    }
    return recents.computeIfAbsent(key.anywhere(), any -> new Recents());
  }

  /** Launches prepared so far, by what they depend on. */
  ConcurrentHashMap<LaunchKey, PreparedLaunch> launches() {
    return launches;
  }
}
