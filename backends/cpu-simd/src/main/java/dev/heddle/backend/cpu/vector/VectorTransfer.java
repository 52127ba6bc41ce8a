package dev.heddle.backend.cpu.vector;

import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.util.Optional;

/** Moves the vectors of a value from and to memory, that of the stage among others. */
final class VectorTransfer {
  /** In place of the local with a memory: {@link Code#allMemory}. */
  static final int ALL_MEMORY = -1;

  private final Code code;
  private final Lanes lanes;
  private final LaunchState state;

  VectorTransfer(Code code, Lanes lanes, LaunchState state) {
    this.code = code;
    this.lanes = lanes;
    this.state = state;
  }

  void loadStaged(Value result) {
    Stage.address(code, state.stage, Stage.VALUES);
    loadVector(result, ALL_MEMORY, code.keepLong(), Exec.ALL);
  }

  void loadVector(Value result, int memory, int address, Exec exec) {
    Kind kind = Kind.of(result.type());
    for (int part = 0; part < kind.parts(); part++) {
      pushPart(memory, address, part);
      String name = "load" + memoryName(result.type());
      if (exec.all()) {
        code.call("MemoryOps", name);
        int loaded = part;
        touches(result.type())
            .ifPresent(touches -> touches.loaded(() -> pushPart(memory, address, loaded)));
      } else {
        pushMask(exec, kind, part);
        code.call("MemoryOps", name + "Masked");
      }
      if (kind == Kind.BOOL) {
        code.call("IntOps", "nonZero");
      }
      lanes.store(result, part);
    }
  }

  void storeVector(Value value, int memory, int address, Exec exec) {
    Kind kind = Kind.of(value.type());
    for (int part = 0; part < kind.parts(); part++) {
      if (exec.all()) {
        int stored = part;
        touches(value.type())
            .ifPresent(touches -> touches.toBeStored(() -> pushPart(memory, address, stored)));
      }
      pushVisible(value, part);
      pushPart(memory, address, part);
      String name = "store" + memoryName(value.type());
      if (exec.all()) {
        code.call("MemoryOps", name);
      } else {
        pushMask(exec, kind, part);
        code.call("MemoryOps", name + "Masked");
      }
    }
  }

  private Optional<Touches> touches(Type type) {
    return state.touches().filter(touches -> Touches.fillsLine(type));
  }

  private void pushVisible(Value value, int part) {
    lanes.visibleVector(value, part);
    if (value.type() == Type.BOOL) {
      code.call("IntOps", "fromMask");
    }
  }

  /** Pushes memory and address. */
  private void pushPart(int memory, int address, int part) {
    if (memory == ALL_MEMORY) {
      code.allMemory();
    } else {
      code.vector(memory);
    }
    code.longValue(address);
    if (part == 1) {
      code.constant(4L * Kind.lanes());
      code.builder().ladd();
    }
  }

  private void pushMask(Exec exec, Kind kind, int part) {
    code.vector(exec.slot());
    if (kind.parts() == 2) {
      code.call("MaskOps", part == 0 ? "low" : "high");
    }
  }

  void stageValue(Value value, int offset) {
    Stage.address(code, state.stage, offset);
    storeVector(value, ALL_MEMORY, code.keepLong(), Exec.ALL);
  }

  private static String memoryName(Type type) {
    return switch (type) {
      case BOOL, I8 -> "8";
      case I16, F16 -> "16";
      case I32 -> "32";
      case I64 -> "64";
      case F32 -> "F32";
      case F64 -> "F64";
    };
  }
}
