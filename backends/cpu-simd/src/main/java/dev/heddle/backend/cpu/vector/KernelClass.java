package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.backend.cpu.group.LoopFacts;
import dev.heddle.backend.cpu.group.NanFlow;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * The class of a unit. Its method {@code run} goes through the rows of a call in whole vectors,
 * where all lanes run, most of them by {@code strips}, which takes several at once where that pays
 * (or {@code streams}, which does so with {@link Touches}); {@code masked} does what is left of a
 * row, and each vector that {@code run} gave up since its lanes disagree about where they are.
 *
 * <p>The class of a unit for whole work-groups has {@code run} alone: one strip.
 */
final class KernelClass {
  private static final ClassDesc NAME = ClassDesc.of("jdk.incubator.vector.HeddleKernel");
  private static final int HELPER = ClassFile.ACC_STATIC | ClassFile.ACC_PRIVATE;
  private static final ClassDesc ARRAYS = ConstantDescs.CD_Object.arrayType();
  private static final MethodTypeDesc ACCEPT =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_long);

  /** Frame, Java arrays. */
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, ARRAYS);

  /** Frame, Java arrays, x, y, number of work-items. */
  private static final MethodTypeDesc MASKED =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_long,
          ARRAYS,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ConstantDescs.CD_int);

  /** Frame, Java arrays, x, y, end of the row; where along x it stopped. */
  private static final String STRIPS_NAME = "strips";

  private static final String STREAMS_NAME = "streams";
  private static final MethodTypeDesc STRIPS =
      MethodTypeDesc.of(
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ARRAYS,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long,
          ConstantDescs.CD_long);

  private final Unit unit;
  private final OpsLibrary library;
  private final LoopFacts loops;
  private final NanFlow nans;

  /** With comparisons taken to be uniform, for whole vectors; and without. */
  private final LaneShapes speculating;

  private final LaneShapes plain;

  /** Whether there is a method {@code streams}, where several vectors are taken at once. */
  private final boolean streams;

  KernelClass(Unit unit, OpsLibrary library) {
    this.unit = unit;
    this.library = library;
    loops = new LoopFacts(unit.function());
    nans = new NanFlow(unit.function());
    speculating = new LaneShapes(unit.function(), true, unit.stateful());
    plain = new LaneShapes(unit.function(), false, unit.stateful());
    streams = Touches.help(unit);
  }

  /**
   * Number of vectors that {@code strips} should take at once; 1: it is not worth having.
   *
   * @param eager whether to take several wherever it is possible, whether that pays or not
   */
  int copies(boolean eager) {
    return eager ? Copies.most(unit, speculating) : Copies.of(unit, speculating);
  }

  /** Whether there can be code for a whole work-group of the unit. */
  boolean allowsTogether() {
    return Copies.allowsTogether(unit, plain);
  }

  byte[] generateTogether() {
    return generate(type -> type.withMethodBody("run", RUN, HELPER, this::together));
  }

  byte[] generate(int copies) {
    return generate(
        type -> {
          type.withMethodBody("run", RUN, HELPER, code -> run(code, copies));
          type.withMethodBody("masked", MASKED, HELPER, this::masked);
          if (copies > 1) {
            type.withMethodBody(STRIPS_NAME, STRIPS, HELPER, code -> strips(code, copies, false));
            if (streams) {
              type.withMethodBody(STREAMS_NAME, STRIPS, HELPER, code -> strips(code, copies, true));
            }
          }
        });
  }

  private static byte[] generate(Consumer<ClassBuilder> methods) {
    int hidden = ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER;
    return ClassFile.of()
        .build(
            NAME,
            type -> {
              type.withFlags(hidden)
                  .withInterfaceSymbols(ObjLongConsumer.class.describeConstable().orElseThrow())
                  .withMethodBody(
                      ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, KernelClass::construct)
                  .withMethodBody("accept", ACCEPT, ClassFile.ACC_PUBLIC, KernelClass::accept);
              methods.accept(type);
            });
  }

  private static void construct(CodeBuilder builder) {
    builder
        .aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }

  private static void accept(CodeBuilder builder) {
    builder.lload(2).aload(1).checkcast(ARRAYS).invokestatic(NAME, "run", RUN).return_();
  }

  private void run(CodeBuilder builder, int copies) {
    Code code = new Code(builder, library);
    Lanes lanes = new Lanes(code, speculating, nans, 1);
    int frame = builder.parameterSlot(0);
    int arrays = builder.parameterSlot(1);
    int begin = read(code, frame, Frame.X_BEGIN);
    int end = read(code, frame, Frame.X_END);
    leaveIfEmpty(
        builder,
        () -> builder.lload(end).lload(begin).lsub().l2i(),
        () -> {
          callAll(builder, frame, arrays, copies);
          builder.return_();
        });
    int x = code.local(TypeKind.LONG);
    int y = code.local(TypeKind.LONG);
    int stop = code.local(TypeKind.LONG);
    LaunchState state = new LaunchState(code, unit, lanes, frame, arrays, x, y);
    Patience patience = new Patience(code, speculating.mayFailOften());
    int lastRow = read(code, frame, Frame.Y_END);
    Label row = code.label();
    Label onward = code.label();
    Label vector = code.label();
    Label next = code.label();
    Label agreed = code.label();
    Label differs = code.label();
    Label withMasks = code.label();
    Label tail = code.label();
    Label rowEnd = code.label();
    Label done = code.label();

    code.longValue(read(code, frame, Frame.Y_BEGIN));
    builder.lstore(y);
    code.bind(row);
    builder.lload(y).lload(lastRow).lcmp().ifge(done);
    state.startRow();
    builder.lload(begin).lstore(x);
    code.bind(onward);
    builder.lload(end).lstore(stop);
    if (copies > 1) {
      callStrips(code, patience, frame, arrays, x, y, end, stop, copies);
    }
    code.bind(vector);
    builder.lload(stop).lload(x).lsub().loadConstant((long) Kind.lanes()).lcmp().iflt(tail);
    pollItems(code, state, done);
    patience.skip(withMasks);
    state.startVector();
    body(code, lanes, state, differs, done).emit(unit.function().body(), Exec.ALL, agreed);
    code.bind(agreed);
    patience.restore();
    code.bind(next);
    builder.lload(x).loadConstant((long) Kind.lanes()).ladd().lstore(x);
    code.jump(vector);
    code.bind(differs);
    patience.lose();
    code.bind(withMasks);
    builder.lload(frame).aload(arrays).lload(x).lload(y).loadConstant(Kind.lanes());
    builder.invokestatic(NAME, "masked", MASKED);
    code.jump(next);
    code.bind(tail);
    if (copies > 1) {
      builder.lload(stop).lload(end).lcmp().iflt(onward);
    }
    builder.lload(x).lload(end).lcmp().ifge(rowEnd);
    builder.lload(frame).aload(arrays).lload(x).lload(y).lload(end).lload(x).lsub().l2i();
    builder.invokestatic(NAME, "masked", MASKED);
    code.bind(rowEnd);
    builder.lload(y).lconst_1().ladd().lstore(y);
    code.jump(row);
    code.bind(done);
    builder.return_();
  }

  /**
   * Leaves a method at once if it has nothing to do. So the JVM can be told that a method is called
   * often, and compiles it, before it has run much: see {@code run.Primer}.
   *
   * <p>The way out is also the handler of an exception that never comes. C1 gives up a method with
   * such a handler at once. Its code for vectors is slow and takes long to make; and where C2 had
   * much to do, the JVM would take C1's code without a profile, fail to make the one with a
   * profile, and never ask C2.
   *
   * @param pushSize pushes an int that is not positive if there is nothing to do
   */
  private static void leaveIfEmpty(CodeBuilder builder, Runnable pushSize, Runnable leave) {
    Label work = builder.newLabel();
    Label out = builder.newLabel();
    Label guarded = builder.newLabel();
    pushSize.run();
    builder.ifgt(work);
    builder.aconst_null();
    builder.labelBinding(out).pop();
    leave.run();
    builder.labelBinding(work).nop().labelBinding(guarded);
    builder.exceptionCatchAll(work, guarded, out);
  }

  /**
   * Calls the other methods with nothing to do, but for the one that streams: launches that use it
   * are long enough to have it compiled, and compiled without having seen work it was a quarter
   * slower in gathers.
   */
  private static void callAll(CodeBuilder builder, int frame, int arrays, int copies) {
    if (copies > 1) {
      builder.lload(frame).aload(arrays).lconst_0().lconst_0().lconst_0();
      builder.invokestatic(NAME, STRIPS_NAME, STRIPS).pop2();
    }
    builder.lload(frame).aload(arrays).lconst_0().lconst_0().iconst_0();
    builder.invokestatic(NAME, "masked", MASKED);
  }

  /**
   * Lets {@code strips} go on as far as it can; leaves it one strip to be done in single vectors.
   */
  private void callStrips(
      Code code,
      Patience patience,
      int frame,
      int arrays,
      int x,
      int y,
      int end,
      int stop,
      int copies) {
    CodeBuilder builder = code.builder();
    long strip = (long) Kind.lanes() * copies;
    Label rest = code.label();
    Label single = code.label();
    patience.avoid(single);
    builder.lload(end).lload(x).lsub().loadConstant(strip).lcmp().iflt(rest);
    builder.lload(frame).aload(arrays).lload(x).lload(y).lload(end);
    if (streams) {
      Label streaming = code.label();
      Label done = code.label();
      code.longValue(read(code, frame, Frame.STREAMS));
      builder.l2i().ifne(streaming);
      builder.invokestatic(NAME, STRIPS_NAME, STRIPS);
      code.jump(done);
      code.bind(streaming);
      builder.invokestatic(NAME, STREAMS_NAME, STRIPS);
      code.bind(done);
    } else {
      builder.invokestatic(NAME, STRIPS_NAME, STRIPS);
    }
    builder.lstore(x);
    code.bind(single);
    builder.lload(end).lload(x).lsub().loadConstant(strip).lcmp().iflt(rest);
    builder.lload(x).loadConstant(strip).ladd().lstore(stop);
    code.bind(rest);
  }

  /** Whole strips of a row, up to one whose lanes disagree; as if it were done if cancelled. */
  private void strips(CodeBuilder builder, int copies, boolean touches) {
    Code code = new Code(builder, library);
    Lanes lanes = new Lanes(code, speculating, nans, copies);
    int frame = builder.parameterSlot(0);
    int arrays = builder.parameterSlot(1);
    int x = builder.parameterSlot(2);
    int y = builder.parameterSlot(3);
    int end = builder.parameterSlot(4);
    leaveIfEmpty(
        builder, () -> builder.lload(end).lload(x).lsub().l2i(), () -> builder.lload(x).lreturn());
    LaunchState state = new LaunchState(code, unit, lanes, frame, arrays, x, y);
    long strip = (long) Kind.lanes() * copies;
    Label vector = code.label();
    Label next = code.label();
    Label stop = code.label();
    Label cancelled = code.label();
    if (touches) {
      state.startTouches();
    }
    state.startRow();
    code.bind(vector);
    builder.lload(end).lload(x).lsub().loadConstant(strip).lcmp().iflt(stop);
    pollItems(code, state, cancelled);
    state.startVector();
    body(code, lanes, state, stop, cancelled).emit(unit.function().body(), Exec.ALL, next);
    code.bind(next);
    builder.lload(x).loadConstant(strip).ladd().lstore(x);
    code.jump(vector);
    code.bind(stop);
    state.end();
    builder.lload(x).lreturn();
    code.bind(cancelled);
    builder.lload(end).lreturn();
  }

  /** A work-group as one strip. */
  private void together(CodeBuilder builder) {
    Code code = new Code(builder, library);
    Lanes lanes = new Lanes(code, plain, nans, unit.together() / Kind.lanes());
    int frame = builder.parameterSlot(0);
    int arrays = builder.parameterSlot(1);
    int x = read(code, frame, Frame.X_BEGIN);
    int end = read(code, frame, Frame.X_END);
    leaveIfEmpty(builder, () -> builder.lload(end).lload(x).lsub().l2i(), builder::return_);
    int y = read(code, frame, Frame.Y_BEGIN);
    LaunchState state = new LaunchState(code, unit, lanes, frame, arrays, x, y);
    Label done = code.label();
    state.startRow();
    state.startVector();
    body(code, lanes, state, done, done).emit(unit.function().body(), Exec.ALL, done);
    code.bind(done);
    builder.return_();
  }

  private void masked(CodeBuilder builder) {
    Code code = new Code(builder, library);
    Lanes lanes = new Lanes(code, plain, nans, 1);
    int frame = builder.parameterSlot(0);
    int arrays = builder.parameterSlot(1);
    int x = builder.parameterSlot(2);
    int y = builder.parameterSlot(3);
    int count = builder.parameterSlot(4);
    leaveIfEmpty(builder, () -> builder.iload(count), builder::return_);
    LaunchState state = new LaunchState(code, unit, lanes, frame, arrays, x, y);
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
