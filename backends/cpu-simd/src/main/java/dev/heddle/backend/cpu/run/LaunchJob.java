package dev.heddle.backend.cpu.run;

import dev.heddle.backend.cpu.code.FaultBlock;
import dev.heddle.backend.cpu.code.Memory;
import dev.heddle.backend.cpu.run.Grid.Box;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Root;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Fault;
import dev.heddle.runtime.spi.Launch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A launch as a job: its chunks in either tier, its faults gathered from all threads. */
final class LaunchJob extends Job {
  /** A launch is of one tier that does this part of it. */
  private static final double EVEN = 0.9;

  private static final Comparator<Fault> LOWEST_ITEM_FIRST =
      Comparator.comparingLong(Fault::z).thenComparingLong(Fault::y).thenComparingLong(Fault::x);

  private final CpuExecutable executable;
  private final Launch launch;
  private final Grid grid;
  private final Blocks blocks;
  private final Blocks controls;

  /** Holds the cancel word. */
  private final Blocks.Block control;

  private boolean released;
  private final Map<Integer, Fault> faults = new HashMap<>();
  private final long[] itemsByTier = new long[Tier.values().length];

  LaunchJob(
      CpuExecutable executable,
      Launch launch,
      Grid grid,
      int seats,
      List<Event> after,
      Blocks blocks,
      Blocks controls) {
    super(grid.chunks(), seats, after);
    this.executable = executable;
    this.launch = launch;
    this.grid = grid;
    this.blocks = blocks;
    this.controls = controls;
    control = controls.borrow(64);
    Memory.i32(control.address(), 0);
    buffers().forEach(HostBuffer::retain);
  }

  private List<HostBuffer> buffers() {
    List<HostBuffer> buffers = new ArrayList<>();
    for (Launch.Argument argument : launch.arguments()) {
      if (argument instanceof Launch.Buffer buffer) {
        buffers.add((HostBuffer) buffer.memory());
      }
    }
    return buffers;
  }

  @Override
  Part open() {
    return new LaunchPart();
  }

  @Override
  void interrupt() {
    synchronized (control) {
      if (!released) {
        Memory.i32(control.address(), 1);
      }
    }
  }

  @Override
  Completion complete(long startNanos, long endNanos, boolean cancelled) {
    buffers().forEach(HostBuffer::release);
    synchronized (control) {
      released = true;
      controls.giveBack(control);
    }
    List<Fault> found = new ArrayList<>(faults.values());
    found.sort(LOWEST_ITEM_FIRST);
    Tier tier =
        itemsByTier[Tier.VECTOR.ordinal()] > itemsByTier[Tier.SCALAR.ordinal()]
            ? Tier.VECTOR
            : Tier.SCALAR;
    return new Completion(
        startNanos, endNanos, tier.text(), cancelled, found, pace(endNanos - startNanos));
  }

  /** Told of a first launch, and of one that the leading tier did not do alone. */
  private Optional<Pace> pace(long nanos) {
    TierChooser tiers = executable.tiers();
    Tier leader = tiers.leader();
    long all = 0;
    for (long items : itemsByTier) {
      all += items;
    }
    if (executable.ranBefore() && itemsByTier[leader.ordinal()] >= EVEN * all) {
      return Optional.empty();
    }
    double itemNanos = tiers.leaderItemNanos();
    if (itemNanos == 0 || all == 0) {
      return Optional.empty();
    }
    executable.noteRun();
    double now = all * itemNanos / Math.min(seats(), chunks());
    return Optional.of(new Pace(leader.text(), Math.min(now, Math.max(1, nanos))));
  }

  private void gather(VariantRun run) {
    List<Op> sites = run.sites();
    for (int site = 0; site < sites.size(); site++) {
      long entry = run.faults() + FaultBlock.entry(site);
      if (Memory.i64(entry + FaultBlock.FILLED) != 0) {
        Fault fault =
            new Fault(
                site,
                Memory.i64(entry + FaultBlock.OFFSET),
                sizeOf(sites.get(site)),
                Memory.i64(entry + FaultBlock.X),
                Memory.i64(entry + FaultBlock.Y),
                Memory.i64(entry + FaultBlock.Z));
        synchronized (faults) {
          faults.merge(site, fault, (a, b) -> LOWEST_ITEM_FIRST.compare(a, b) <= 0 ? a : b);
        }
      }
    }
  }

  private long sizeOf(Op op) {
    return switch (op) {
      case Op.Load load -> sizeOf(load.access());
      case Op.Store store -> sizeOf(store.access());
      case Op.Atomic atomic -> sizeOf(atomic.access());
      default -> 0;
    };
  }

  private long sizeOf(Access access) {
    return switch (access.root()) {
      case Root.Buffer buffer -> sizeOf(launch.arguments().get(buffer.parameter()));
      case Root.LocalParameter local -> sizeOf(launch.arguments().get(local.parameter()));
      case Root.Array array -> array.bytes();
      case Root.Table table -> table.content().length();
      case Root.Formal formal -> 0;
    };
  }

  private static long sizeOf(Launch.Argument argument) {
    return switch (argument) {
      case Launch.Buffer buffer -> buffer.rootBytes();
      case Launch.Local local -> local.bytes();
      case Launch.Null nothing -> 0;
      case Launch.Scalar scalar -> 0;
    };
  }

  /** One thread's share of the launch. */
  private final class LaunchPart implements Part {
    /** Work-items of a slice of the other tier, at first and at most. */
    private static final long FIRST_SLICE = 64;

    private static final long MOST_SLICE = 4096;

    /** Whole strips of vectors, single ones, and a rest: so that all code is run once. */
    private static final long LEARNING_SLICE = 64 + 16 + 5;

    /** What such a slice counts for at most: its code is slow once. */
    private static final long MOST_LEARNING_NANOS = 5_000_000;

    /** The most work-items that a call is given. */
    private static final long STRETCH = 32 << 10;

    /** What the leader does between two samples, in slices. */
    private static final long LEADER_SLICES = 16;

    /** A sample should take about this long. */
    private static final long SAMPLE_NANOS = 30_000;

    private final @Nullable VariantRun[] runs = new VariantRun[Tier.values().length];
    private final long[] items = new long[Tier.values().length];
    private long slice = FIRST_SLICE;

    private VariantRun run(Tier tier) {
      VariantRun run = runs[tier.ordinal()];
      if (run == null) {
        Variant variant =
            tier == Tier.SCALAR ? executable.scalar() : Objects.requireNonNull(executable.vector());
        Variant together = tier == Tier.VECTOR ? executable.together(launch.range().local()) : null;
        run =
            new VariantRun(
                variant, together, launch, executable.tables(), blocks, control.address());
        runs[tier.ordinal()] = run;
      }
      return run;
    }

    @Override
    public void run(long chunk) {
      if (executable.mode() == TierMode.SCALAR || executable.vector() == null) {
        all(chunk, Tier.SCALAR);
      } else if (executable.mode() == TierMode.VECTOR) {
        all(chunk, Tier.VECTOR);
      } else {
        choose(chunk);
      }
      for (VariantRun run : runs) {
        if (run != null && run.faulted()) {
          stop();
        }
      }
    }

    private void all(long chunk, Tier tier) {
      switch (grid) {
        case Grid.Rows rows -> all(rows.box(chunk), tier);
        case Grid.Groups groups -> timed(tier, groups, groups.begin(chunk), groups.end(chunk));
      }
    }

    /** In stretches: code that the JVM throws away is left at the end of one. */
    private void all(Box box, Tier tier) {
      long height = Math.max(1, STRETCH / Math.max(1, box.x1() - box.x0()));
      for (long y = box.y0(); y < box.y1(); y += height) {
        for (long x = box.x0(); x < box.x1(); x += STRETCH) {
          long x1 = Math.min(box.x1(), x + STRETCH);
          long y1 = Math.min(box.y1(), y + height);
          timed(tier, new Box(x, x1, y, y1, box.z()));
        }
      }
    }

    private Tier usable(Tier wanted) {
      return wanted == Tier.VECTOR && waits() ? Tier.SCALAR : wanted;
    }

    /** Whether vector code should not be used now. */
    private boolean waits() {
      return executable.mode() == TierMode.AUTO && executable.primer().awaited();
    }

    private void choose(long chunk) {
      TierChooser tiers = executable.tiers();
      Tier leader = tiers.leader();
      if (executable.primer().awaited() && (leader == Tier.VECTOR || tiers.samples())) {
        look();
      }
      if (!tiers.samples() || waits()) {
        all(chunk, leader);
        return;
      }
      Tier other = tiers.other();
      switch (grid) {
        case Grid.Rows rows -> sample(rows.box(chunk), other, leader);
        case Grid.Groups groups -> {
          long begin = groups.begin(chunk);
          long end = groups.end(chunk);
          long size = Math.max(1, items(groups, begin, begin + 1));
          long middle = Math.min(end, begin + Math.max(1, slice / size));
          timed(other, groups, begin, middle);
          if (middle < end) {
            timed(leader, groups, middle, end);
          }
        }
      }
    }

    private void look() {
      long start = System.nanoTime();
      executable.primer().look(run(Tier.VECTOR));
      executable.tiers().spent(Tier.VECTOR, System.nanoTime() - start);
    }

    private void sample(Box box, Tier other, Tier leader) {
      for (long y = box.y0(); y < box.y1(); y++) {
        if (!samples()) {
          all(new Box(box.x0(), box.x1(), y, box.y1(), box.z()), leader);
          return;
        }
        sampleRow(new Box(box.x0(), box.x1(), y, y + 1, box.z()), other, leader);
      }
    }

    private boolean samples() {
      return executable.tiers().samples() && !waits();
    }

    /** Slices of the other tier between longer ones of the leader. */
    private void sampleRow(Box row, Tier other, Tier leader) {
      long x = row.x0();
      while (x < row.x1()) {
        boolean samples = samples();
        long taken = executable.primer().learning() ? LEARNING_SLICE : slice;
        long end = samples ? Math.min(row.x1(), x + taken) : row.x1();
        if (samples) {
          timed(other, row.between(x, end));
        } else {
          all(row.between(x, end), leader);
        }
        x = end;
        if (samples && x < row.x1()) {
          end = Math.min(row.x1(), x + LEADER_SLICES * slice);
          timed(leader, row.between(x, end));
          x = end;
        }
      }
    }

    private void timed(Tier wanted, Box box) {
      Tier tier = usable(wanted);
      VariantRun run = run(tier);
      long start = System.nanoTime();
      run.rows(box);
      note(tier, run, box.items(), System.nanoTime() - start);
    }

    private void timed(Tier wanted, Grid.Groups groups, long begin, long end) {
      Tier tier = usable(wanted);
      VariantRun run = run(tier);
      long start = System.nanoTime();
      for (long group = begin; group < end; group++) {
        run.group(groups.group(group, 0), groups.group(group, 1), groups.group(group, 2));
      }
      note(tier, run, items(groups, begin, end), System.nanoTime() - start);
    }

    private long items(Grid.Groups groups, long begin, long end) {
      long[] local = groups.launch().range().local();
      return (end - begin) * local[0] * local[1] * local[2];
    }

    private void note(Tier tier, VariantRun run, long ran, long taken) {
      boolean learning = tier == Tier.VECTOR && executable.primer().learning();
      long nanos = learning ? Math.min(taken, MOST_LEARNING_NANOS) : taken;
      if (tier == Tier.VECTOR) {
        executable.primer().ran(run, ran, taken);
      }
      items[tier.ordinal()] += ran;
      executable.tiers().ran(tier, ran, nanos);
      if (tier != executable.tiers().leader()) {
        slice =
            nanos < SAMPLE_NANOS
                ? Math.min(MOST_SLICE, 2 * slice)
                : Math.max(FIRST_SLICE, slice / 2);
      }
    }

    @Override
    public void close() {
      for (VariantRun run : runs) {
        if (run != null) {
          if (run.faulted()) {
            gather(run);
          }
          run.close();
        }
      }
      synchronized (itemsByTier) {
        for (int i = 0; i < items.length; i++) {
          itemsByTier[i] += items[i];
        }
      }
    }
  }
}
