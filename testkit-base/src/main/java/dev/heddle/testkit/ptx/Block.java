package dev.heddle.testkit.ptx;

import dev.heddle.testkit.ptx.PtxFault.Kind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A block of threads. Each runs alone until it waits or ends. */
final class Block {
  private static final int WARP = 32;

  private final Instruction[] code;
  private final Frame frame;
  private final DeviceMemory memory;
  private final PtxLaunch launch;
  private final long launchNumber;
  private final Segment shared;
  private final Segment constants;
  private final Segment parameters;
  private final Lane[] lanes;
  private long left;
  private String name = "";

  /** The global segment met last. */
  private @Nullable Segment recent;

  Block(PtxKernel kernel, DeviceMemory memory, PtxLaunch launch, Segment parameters) {
    this.code = kernel.code();
    this.frame = kernel.frame();
    this.memory = memory;
    this.launch = launch;
    this.launchNumber = memory.startLaunch();
    this.shared = new Segment(0, kernel.sharedBytes(launch.dynamicShared()));
    this.constants = kernel.constants();
    this.parameters = parameters;
    this.left = launch.instructions();
    this.lanes = new Lane[launch.block().count()];
    long[] initial = frame.initial();
    Arrays.setAll(lanes, _ -> new Lane(this, initial.length, kernel.localBytes()));
  }

  /**
   * Runs the block at that place of the grid.
   *
   * @param order the threads in the order in which they run
   */
  void run(PtxLaunch.Place place, int[] order) {
    name = "block " + place.x() + "," + place.y() + "," + place.z();
    shared.clear();
    long[] initial = frame.initial();
    for (int i = 0; i < lanes.length; i++) {
      lanes[i].start(order[i], initial, frame.registers());
      setSpecial(lanes[i], place);
    }
    while (true) {
      for (Lane lane : lanes) {
        if (lane.state() == Lane.State.READY) {
          run(lane);
        }
      }
      List<Lane> waiting =
          Arrays.stream(lanes).filter(lane -> lane.state() == Lane.State.WAITING).toList();
      if (waiting.isEmpty()) {
        return;
      }
      openBarriers(waiting);
    }
  }

  /** Instructions that the launch may still execute. */
  long left() {
    return left;
  }

  private void setSpecial(Lane lane, PtxLaunch.Place place) {
    PtxLaunch.Size size = launch.block();
    PtxLaunch.Size grid = launch.grid();
    int x = lane.index() % size.x();
    int y = lane.index() / size.x() % size.y();
    int z = lane.index() / (size.x() * size.y());
    frame
        .specials()
        .forEach(
            (register, slot) ->
                lane.slots()[slot] =
                    switch (register) {
                      case TID_X -> x;
                      case TID_Y -> y;
                      case TID_Z -> z;
                      case NTID_X -> size.x();
                      case NTID_Y -> size.y();
                      case NTID_Z -> size.z();
                      case CTAID_X -> place.x();
                      case CTAID_Y -> place.y();
                      case CTAID_Z -> place.z();
                      case NCTAID_X -> grid.x();
                      case NCTAID_Y -> grid.y();
                      case NCTAID_Z -> grid.z();
                      case LANEID -> lane.index() % WARP;
                      case DYNAMIC_SMEM_SIZE -> launch.dynamicShared();
                    });
  }

  private void run(Lane lane) {
    long[] slots = lane.slots();
    boolean[] defined = lane.defined();
    int position = lane.position();
    while (true) {
      Instruction instruction = code[position];
      try {
        position = step(instruction, lane, slots, defined, position + 1);
      } catch (PtxFault fault) {
        throw fault.at(instruction.source(), name + " thread " + lane.index());
      }
      if (position < 0) {
        return;
      }
    }
  }

  private int step(Instruction instruction, Lane lane, long[] slots, boolean[] defined, int next) {
    if (--left < 0) {
      throw new PtxFault(Kind.HANG, "more instructions than the launch may take");
    }
    int guard = instruction.guard();
    if (guard != Instruction.ALWAYS) {
      if (!defined[guard]) {
        throw new PtxFault(Kind.UNDEFINED, "the guard was never written");
      }
      if (!instruction.enabled(slots)) {
        return next;
      }
    }
    for (int read : instruction.reads()) {
      if (!defined[read]) {
        throw new PtxFault(Kind.UNDEFINED, "read of a register that was never written");
      }
    }
    int target = instruction.run(lane, next);
    for (int written : instruction.writes()) {
      defined[written] = true;
    }
    if (target == Instruction.WAIT) {
      lane.goTo(next);
    } else if (target == Instruction.EXIT) {
      lane.exit();
    }
    return target;
  }

  // ---- barriers

  /**
   * Opens what is complete: a barrier without a count waits for all threads that have not exited,
   * as hardware counts them since sm_70.
   */
  private void openBarriers(List<Lane> waiting) {
    boolean opened = false;
    for (int number :
        waiting.stream().mapToInt(l -> l.waitingFor().barrier()).distinct().toArray()) {
      List<Lane> here =
          waiting.stream().filter(lane -> lane.waitingFor().barrier() == number).toList();
      Lane.Wait one = here.getFirst().waitingFor();
      if (here.stream().anyMatch(lane -> !sameBarrier(lane.waitingFor(), one))) {
        throw new PtxFault(
            Kind.UNDEFINED, "barrier " + number + " with different counts or operators");
      }
      if (here.size() == (one.count() == 0 ? waiting.size() : one.count())) {
        checkAligned(here);
        vote(here, one.operator());
        here.forEach(Lane::release);
        opened = true;
      }
    }
    if (!opened) {
      throw new PtxFault(Kind.HANG, name + " waits for ever at barriers")
          .at(code[waiting.getFirst().position() - 1].source(), waiting.size() + " threads");
    }
  }

  private static boolean sameBarrier(Lane.Wait a, Lane.Wait b) {
    return a.count() == b.count() && a.operator().equals(b.operator());
  }

  private static void vote(List<Lane> here, String operator) {
    if (operator.isEmpty()) {
      return;
    }
    long yes = here.stream().filter(lane -> lane.waitingFor().vote()).count();
    long result =
        switch (operator) {
          case "and" -> yes == here.size() ? 1 : 0;
          case "or" -> yes > 0 ? 1 : 0;
          default -> yes;
        };
    here.forEach(lane -> lane.slots()[lane.waitingFor().target()] = result);
  }

  /** All threads of a warp must execute the same aligned barrier. */
  private void checkAligned(List<Lane> here) {
    int[] positions = new int[lanes.length / WARP + 1];
    for (Lane lane : here) {
      int warp = lane.index() / WARP;
      if (lane.waitingFor().aligned()
          && positions[warp] != 0
          && positions[warp] != lane.position()) {
        throw new PtxFault(Kind.UNDEFINED, "threads of one warp at different barriers")
            .at(code[lane.position() - 1].source(), name + " thread " + lane.index());
      }
      positions[warp] = lane.position();
    }
  }

  // ---- memory

  /** The memory that an access reaches, after all checks; the address within it comes apart. */
  Segment reach(Lane lane, Space space, long address, int bytes) {
    if ((address & (bytes - 1)) != 0) {
      throw new PtxFault(Kind.MISALIGNED_ADDRESS, describe(space, address, bytes));
    }
    Segment segment =
        switch (space) {
          case GLOBAL -> global(address, bytes);
          case SHARED -> shared;
          case LOCAL -> lane.local();
          case CONST -> constants;
          case PARAM -> parameters;
          case GENERIC -> throw new IllegalStateException("a generic address has a space");
        };
    if (segment == null || !segment.contains(address, bytes)) {
      throw new PtxFault(Kind.ILLEGAL_ADDRESS, describe(space, address, bytes));
    }
    return segment;
  }

  private @Nullable Segment global(long address, int bytes) {
    Segment last = recent;
    if (last != null && last.contains(address, bytes)) {
      return last;
    }
    Segment found = memory.find(address, bytes);
    if (found != null) {
      found.enter(launchNumber);
      recent = found;
    }
    return found;
  }

  private static String describe(Space space, long address, int bytes) {
    return bytes + " bytes at " + space + " address 0x" + Long.toHexString(address);
  }
}
