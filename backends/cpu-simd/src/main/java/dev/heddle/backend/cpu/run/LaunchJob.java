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
import org.jspecify.annotations.Nullable;

/** A launch as a job: its chunks in either tier, its faults gathered from all threads. */
final class LaunchJob extends Job {
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
    return new Completion(startNanos, endNanos, tier.text(), cancelled, found);
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

    /** What the leader does between two samples, in slices. */
    private static final long LEADER_SLICES = 16;

    /** A sample should take about this long. */
    private static final long SAMPLE_NANOS = 30_000;

    private final @Nullable VariantRun[] runs = new VariantRun[Tier.values().length];
    private final long[] items = new long[Tier.values().length];
    private long slice = FIRST_SLICE;

    private VariantRun run(Tier tier, Variant variant) {
      VariantRun run = runs[tier.ordinal()];
      if (run == null) {
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
      Variant vector = executable.mode() == TierMode.SCALAR ? null : executable.vector();
      if (vector == null) {
        all(chunk, Tier.SCALAR, executable.scalar());
      } else if (executable.mode() == TierMode.VECTOR) {
        all(chunk, Tier.VECTOR, vector);
      } else {
        choose(chunk, vector);
      }
      for (VariantRun run : runs) {
        if (run != null && run.faulted()) {
          stop();
        }
      }
    }

    private void all(long chunk, Tier tier, Variant variant) {
      switch (grid) {
        case Grid.Rows rows -> timed(tier, variant, rows.box(chunk));
        case Grid.Groups groups ->
            timed(tier, variant, groups, groups.begin(chunk), groups.end(chunk));
      }
    }

    private void choose(long chunk, Variant vector) {
      TierChooser tiers = executable.tiers();
      Tier leader = tiers.leader();
      Variant leading = leader == Tier.VECTOR ? vector : executable.scalar();
      if (!tiers.samples()) {
        all(chunk, leader, leading);
        return;
      }
      Tier other = leader == Tier.SCALAR ? Tier.VECTOR : Tier.SCALAR;
      Variant sampled = other == Tier.VECTOR ? vector : executable.scalar();
      switch (grid) {
        case Grid.Rows rows -> sample(rows.box(chunk), other, sampled, leader, leading);
        case Grid.Groups groups -> {
          long begin = groups.begin(chunk);
          long end = groups.end(chunk);
          long size = Math.max(1, items(groups, begin, begin + 1));
          long middle = Math.min(end, begin + Math.max(1, slice / size));
          timed(other, sampled, groups, begin, middle);
          if (middle < end) {
            timed(leader, leading, groups, middle, end);
          }
        }
      }
    }

    private void sample(Box box, Tier other, Variant sampled, Tier leader, Variant leading) {
      for (long y = box.y0(); y < box.y1(); y++) {
        if (!executable.tiers().samples()) {
          timed(leader, leading, new Box(box.x0(), box.x1(), y, box.y1(), box.z()));
          return;
        }
        sampleRow(new Box(box.x0(), box.x1(), y, y + 1, box.z()), other, sampled, leader, leading);
      }
    }

    /** Slices of the other tier between longer ones of the leader. */
    private void sampleRow(Box row, Tier other, Variant sampled, Tier leader, Variant leading) {
      long x = row.x0();
      while (x < row.x1()) {
        boolean samples = executable.tiers().samples();
        long end = samples ? Math.min(row.x1(), x + slice) : row.x1();
        timed(samples ? other : leader, samples ? sampled : leading, row.between(x, end));
        x = end;
        if (samples && x < row.x1()) {
          end = Math.min(row.x1(), x + LEADER_SLICES * slice);
          timed(leader, leading, row.between(x, end));
          x = end;
        }
      }
    }

    private void timed(Tier tier, Variant variant, Box box) {
      VariantRun run = run(tier, variant);
      long start = System.nanoTime();
      run.rows(box);
      note(tier, run, box.items(), System.nanoTime() - start);
    }

    private void timed(Tier tier, Variant variant, Grid.Groups groups, long begin, long end) {
      VariantRun run = run(tier, variant);
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

    private void note(Tier tier, VariantRun run, long ran, long nanos) {
      if (tier == Tier.VECTOR) {
        executable.primer().ran(run, ran, nanos);
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
