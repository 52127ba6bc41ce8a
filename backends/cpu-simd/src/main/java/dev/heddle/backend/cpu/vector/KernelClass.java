package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.backend.cpu.group.NanFlow;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.LongConsumer;

/**
 * The class of a unit. Its method {@code run} goes through the rows of a call in whole vectors,
 * where all lanes run; {@code masked} does what is left of a row, and each vector that {@code run}
 * gave up since its lanes disagree about where they are.
 */
final class KernelClass {
  private static final ClassDesc NAME = ClassDesc.of("jdk.incubator.vector.HeddleKernel");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long);

  /** Frame, x, y, number of work-items. */
  private static final MethodTypeDesc MASKED =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int);

  private final Unit unit;
  private final OpsLibrary library;
  private final LoopFacts loops;
  private final NanFlow nans;

  KernelClass(Unit unit, OpsLibrary library) {
    this.unit = unit;
    this.library = library;
    loops = new LoopFacts(unit.function());
    nans = new NanFlow(unit.function());
  }

  byte[] generate() {
    int hidden = ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER;
    int fixed = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;
    return ClassFile.of()
        .build(
            NAME,
            type ->
                type.withFlags(hidden)
                    .withInterfaceSymbols(LongConsumer.class.describeConstable().orElseThrow())
                    .withMethodBody(
                        ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, KernelClass::construct)
                    .withMethodBody("accept", RUN, ClassFile.ACC_PUBLIC, KernelClass::accept)
                    .withMethodBody("run", RUN, fixed, this::run)
                    .withMethodBody("masked", MASKED, fixed, this::masked));
  }

  private static void construct(CodeBuilder builder) {
    builder
        .aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }

  private static void accept(CodeBuilder builder) {
    builder.lload(1).invokestatic(NAME, "run", RUN).return_();
  }

  private void run(CodeBuilder builder) {
    Code code = new Code(builder, library);
    Lanes lanes = lanes(code, true);
    int frame = builder.parameterSlot(0);
    int x = code.local(TypeKind.LONG);
    int y = code.local(TypeKind.LONG);
    LaunchState state = new LaunchState(code, unit, lanes, frame, x, y);
    int begin = read(code, frame, Frame.X_BEGIN);
    int end = read(code, frame, Frame.X_END);
    int lastRow = read(code, frame, Frame.Y_END);
    Label row = code.label();
    Label vector = code.label();
    Label next = code.label();
    Label differs = code.label();
    Label tail = code.label();
    Label rowEnd = code.label();
    Label done = code.label();

    code.longValue(read(code, frame, Frame.Y_BEGIN));
    builder.lstore(y);
    code.bind(row);
    builder.lload(y).lload(lastRow).lcmp().ifge(done);
    state.startRow();
    builder.lload(begin).lstore(x);
    code.bind(vector);
    builder.lload(end).lload(x).lsub().loadConstant((long) Kind.lanes()).lcmp().iflt(tail);
    pollItems(code, state, done);
    state.startVector();
    body(code, lanes, state, differs, done).emit(unit.function().body(), Exec.ALL, next);
    code.bind(next);
    builder.lload(x).loadConstant((long) Kind.lanes()).ladd().lstore(x);
    code.jump(vector);
    code.bind(differs);
    builder.lload(frame).lload(x).lload(y).loadConstant(Kind.lanes());
    builder.invokestatic(NAME, "masked", MASKED);
    code.jump(next);
    code.bind(tail);
    builder.lload(x).lload(end).lcmp().ifge(rowEnd);
    builder.lload(frame).lload(x).lload(y).lload(end).lload(x).lsub().l2i();
    builder.invokestatic(NAME, "masked", MASKED);
    code.bind(rowEnd);
    builder.lload(y).lconst_1().ladd().lstore(y);
    code.jump(row);
    code.bind(done);
    builder.return_();
  }

  private void masked(CodeBuilder builder) {
    Code code = new Code(builder, library);
    Lanes lanes = lanes(code, false);
    int frame = builder.parameterSlot(0);
    int x = builder.parameterSlot(1);
    int y = builder.parameterSlot(2);
    int count = builder.parameterSlot(3);
    LaunchState state = new LaunchState(code, unit, lanes, frame, x, y);
    Label end = code.label();
    state.startRow();
    state.startVector();
    builder.iload(count);
    code.call("MaskOps", "below");
    Exec exec = new Exec(code.keepVector());
    body(code, lanes, state, end, end).emit(unit.function().body(), exec, end);
    code.bind(end);
    builder.return_();
  }

  private Lanes lanes(Code code, boolean speculate) {
    LaneShapes shapes = new LaneShapes(unit.function(), speculate, unit.stateful());
    return new Lanes(code, shapes, nans);
  }

  private BodyEmitter body(
      Code code, Lanes lanes, LaunchState state, Label differs, Label cancelled) {
    return new BodyEmitter(code, unit, lanes, state, loops, differs, cancelled);
  }

  private void pollItems(Code code, LaunchState state, Label done) {
    if (loops.itemsPoll()) {
      code.longValue(state.cancel);
      code.call("Memory", "getInt");
      code.builder().ifne(done);
    }
  }

  private static int read(Code code, int frame, int offset) {
    code.longValue(frame);
    code.constant((long) offset);
    code.builder().ladd();
    code.call("Memory", "getLong");
    return code.keepLong();
  }
}
