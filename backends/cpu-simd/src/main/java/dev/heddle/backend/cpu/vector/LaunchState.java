package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.code.ArrayParameters;
import dev.heddle.backend.cpu.code.Frame;
import dev.heddle.backend.cpu.code.Unit;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Region;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Type;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the code reads from its frame, once, into locals; and where the current vector is. */
final class LaunchState {
  private static final ClassDesc OBJECTS = Objects.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc NON_NULL =
      MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);

  private final Code code;
  private final Unit unit;
  private final Lanes lanes;
  private final int frame;
  private final int arrays;
  private final Map<Root, Integer> memories = new HashMap<>();
  private final Map<Root, Integer> addresses = new HashMap<>();
  private final Map<Root, Integer> sizes = new HashMap<>();
  private final Map<Integer, Integer> queries = new HashMap<>();
  private final Set<Root> used = new LinkedHashSet<>();
  private int capacity = -1;
  private Optional<Touches> touches = Optional.empty();

  /** Locals: index of lane 0 along x, and of the row. */
  final int x;

  final int y;
  final int z;

  /** Locals: the same as global ids. */
  final int globalX;

  final int globalY;
  final int globalZ;

  final int stage;
  final int faults;
  final int cancel;

  /** A local with 1 that C2 does not see through. */
  final int one;

  /**
   * Emits the reading of the frame.
   *
   * @param frame the local with its address
   * @param arrays the local with the Java arrays, see {@link ArrayParameters}
   * @param x a local for the index of lane 0; set by the caller for each vector
   * @param y a local for the row; set by the caller
   */
  LaunchState(Code code, Unit unit, Lanes lanes, int frame, int arrays, int x, int y) {
    this.code = code;
    this.unit = unit;
    this.lanes = lanes;
    this.frame = frame;
    this.arrays = arrays;
    this.x = x;
    this.y = y;
    collect(unit.function().body());
    z = read(Frame.Z);
    stage = read(Frame.STAGE);
    faults = read(Frame.FAULTS);
    cancel = read(Frame.CANCEL);
    globalX = code.local(TypeKind.LONG);
    globalY = code.local(TypeKind.LONG);
    globalZ = code.local(TypeKind.LONG);
    one = makeOne();
    readParameters();
    if (unit.stateful()) {
      capacity = read(Frame.CAPACITY);
    }
    readQueries(unit.function().body());
    used.forEach(this::readRoot);
  }

  private void collect(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Load load -> used.add(load.access().root());
        case Op.Store store -> used.add(store.access().root());
        case Op.Atomic atomic -> used.add(atomic.access().root());
        case Op.RootSize size -> used.add(size.root());
        case Op.If branch -> {
          collect(branch.thenRegion());
          collect(branch.elseRegion());
        }
        case Op.Loop loop -> collect(loop.body());
        default -> {}
      }
    }
  }

  private void pushEntry(int offset) {
    code.longValue(frame);
    code.constant((long) offset);
    code.builder().ladd();
  }

  private void pushLong(int offset) {
    pushEntry(offset);
    code.call("Memory", "getLong");
  }

  private int read(int offset) {
    pushLong(offset);
    return code.keepLong();
  }

  private int makeOne() {
    code.longValue(frame);
    code.constant(63);
    code.builder().lushr().l2i();
    code.constant(1);
    code.builder().iadd();
    return code.keepInt();
  }

  private void readParameters() {
    for (int i = 0; i < unit.function().parameters().size(); i++) {
      switch (unit.function().parameters().get(i)) {
        case Parameter.Scalar scalar -> readScalar(scalar, unit.frame().argument(i));
        case Parameter.Pointer pointer -> {
          code.constant(0L);
          lanes.allocate(pointer.offset());
          lanes.store(pointer.offset(), 0);
        }
      }
    }
  }

  private void readScalar(Parameter.Scalar scalar, int offset) {
    lanes.allocate(scalar.value());
    pushEntry(offset);
    code.call("Memory", scalarGetter(scalar.value().type()));
    if (scalar.element() == ElementType.BOOL) {
      code.constant(1);
      code.builder().iand();
    }
    lanes.store(scalar.value(), 0);
  }

  static String scalarGetter(Type type) {
    return switch (type) {
      case BOOL, I8 -> "getByte";
      case I16, F16 -> "getShort";
      case I32 -> "getInt";
      case I64 -> "getLong";
      case F32 -> "getFloat";
      case F64 -> "getDouble";
    };
  }

  private void readRoot(Root root) {
    switch (root) {
      case Root.Buffer buffer -> {
        int address = read(unit.frame().argument(buffer.parameter()));
        addresses.put(root, address);
        if (unit.arrays().contains(buffer.parameter())) {
          pushArray(buffer, ArrayParameters.array(buffer.parameter()));
          int array = code.keepVector();
          memories.put(root, array);
          code.longValue(address);
          code.vector(array);
          code.call("Elements", "begin");
          code.builder().ladd().lstore(address);
        }
        sizes.put(root, read(unit.frame().argumentSize(buffer.parameter())));
      }
      case Root.LocalParameter local -> {
        addresses.put(root, read(unit.frame().argument(local.parameter())));
        sizes.put(root, read(unit.frame().argumentSize(local.parameter())));
      }
      case Root.Array array -> {
        if (array.space() == AddressSpace.PRIVATE) {
          addresses.put(root, code.local(TypeKind.LONG));
        } else {
          addresses.put(root, read(unit.frame().object(root)));
        }
      }
      case Root.Table table -> addresses.put(root, read(unit.frame().object(root)));
      case Root.Formal formal -> throw new IllegalArgumentException("formal " + formal.name());
    }
  }

  /** Pushes one of the Java arrays that belong to a buffer, of a known class and surely there. */
  private void pushArray(Root.Buffer buffer, int position) {
    Parameter parameter = unit.function().parameters().get(buffer.parameter());
    ClassDesc component = ArrayParameters.component(((Parameter.Pointer) parameter).element());
    code.vector(arrays);
    code.constant(position);
    code.builder().aaload().invokestatic(OBJECTS, "requireNonNull", NON_NULL);
    code.builder().checkcast(component.arrayType());
  }

  /** Whether a root is a Java array. */
  boolean isArray(Root root) {
    return memories.containsKey(root);
  }

  /** Pushes the memory that a root's address counts in. */
  void pushMemory(Root root) {
    if (isArray(root)) {
      code.vector(Objects.requireNonNull(memories.get(root)));
    } else {
      code.allMemory();
    }
  }

  /** Pushes memory of the same class as that of a root that is a Java array, free for any use. */
  void pushSpare(Root root) {
    Root.Buffer buffer = (Root.Buffer) root;
    pushArray(buffer, ArrayParameters.spare(buffer.parameter()));
  }

  /** Emits the beginning of code that touches what it goes through. */
  void startTouches() {
    touches = Optional.of(new Touches(code));
  }

  Optional<Touches> touches() {
    return touches;
  }

  /** Emits the end of code that goes through memory. */
  void end() {
    touches.ifPresent(present -> present.end(stage));
  }

  /** Emits what follows from a new value of {@link #y}, or comes before any. */
  void startRow() {
    globalId(y, 1, globalY);
    globalId(z, 2, globalZ);
  }

  private void globalId(int index, int dimension, int target) {
    code.longValue(index);
    pushLong(Frame.GLOBAL_OFFSET + 8 * dimension);
    code.builder().ladd().lstore(target);
  }

  /** Emits what follows from a new value of {@link #x}. */
  void startVector() {
    globalId(x, 0, globalX);
    for (Root root : used) {
      if (root instanceof Root.Array array && array.space() == AddressSpace.PRIVATE) {
        startPrivate(array);
      }
    }
  }

  private void startPrivate(Root.Array array) {
    pushLong(Frame.SCRATCH);
    pushSpreadOf(true);
    code.constant(unit.privates().prefix(array));
    code.builder().lmul().ladd();
    if (unit.stateful()) {
      pushLong(Frame.SLOT_BASE);
      code.longValue(y);
      pushLong(Frame.SLOT_ROW);
      code.builder().lmul().ladd();
      code.longValue(x);
      code.builder().ladd();
      code.constant(laneStride(array));
      code.builder().lmul().ladd();
    }
    code.builder().lstore(Objects.requireNonNull(addresses.get(array)));
    if (!unit.stateful() && unit.privates().zeroed(array)) {
      code.longValue(addresses.get(array));
      code.constant(unit.privates().stride(array) * ownCapacity());
      code.call("Memory", "clear");
    }
  }

  /** Pushes the distance of one byte of a root from the next, in memory. */
  void pushSpread(Root root) {
    pushSpreadOf(root instanceof Root.Array array && isInterleaved(array));
  }

  private void pushSpreadOf(boolean interleaved) {
    if (!interleaved) {
      code.constant(1L);
    } else if (!unit.stateful()) {
      code.constant(ownCapacity());
    } else {
      code.longValue(capacity);
    }
  }

  /** Slots of private memory in use where the unit chooses. */
  private long ownCapacity() {
    return (long) Kind.lanes() * lanes.copies();
  }

  boolean isInterleaved(Root.Array array) {
    return array.space() == AddressSpace.PRIVATE && unit.privates().interleaved(array);
  }

  /** Distance of a root of one lane from that of the next; 0 if they share it. */
  long laneStride(Root root) {
    if (root.space() != AddressSpace.PRIVATE) {
      return 0;
    }
    Root.Array array = (Root.Array) root;
    return isInterleaved(array) ? unit.privates().granule(array) : unit.privates().stride(array);
  }

  /**
   * Pushes the address of byte 0 of a root in its memory; that of the copy's lane 0 of a private
   * one.
   */
  void pushAddress(Root root) {
    code.longValue(Objects.requireNonNull(addresses.get(root)));
    long before = laneStride(root) * lanes.itemsBefore();
    if (before != 0) {
      code.constant(before);
      code.builder().ladd();
    }
  }

  /**
   * As {@link #pushAddress}, of a root that is not private, read anew. To be used many times beside
   * a slow path: across that one C2 keeps what it holds in a place that costs an instruction each
   * time.
   */
  void pushAddressAnew(Root root) {
    if (isArray(root)) {
      pushAddress(root);
      return;
    }
    pushLong(
        switch (root) {
          case Root.Buffer buffer -> unit.frame().argument(buffer.parameter());
          case Root.LocalParameter local -> unit.frame().argument(local.parameter());
          case Root.Array array -> unit.frame().object(array);
          case Root.Table table -> unit.frame().object(table);
          case Root.Formal formal -> throw new IllegalArgumentException("formal " + formal.name());
        });
  }

  /** Pushes the size of a root in bytes. */
  void pushSize(Root root) {
    Integer slot = sizes.get(root);
    if (slot != null) {
      code.longValue(slot);
    } else {
      code.constant(
          switch (root) {
            case Root.Array array -> array.bytes();
            case Root.Table table -> (long) table.content().length();
            case Root.Buffer buffer -> throw new IllegalStateException(buffer.name());
            case Root.LocalParameter local -> throw new IllegalStateException(local.name());
            case Root.Formal formal -> throw new IllegalStateException(formal.name());
          });
    }
  }

  /** Pushes the answer to a query; lane 0's where the lanes differ. */
  void pushQuery(QueryOp op, int dimension) {
    switch (op) {
      case GLOBAL_ID ->
          code.longValue(dimension == 0 ? globalX : dimension == 1 ? globalY : globalZ);
      case LOCAL_ID -> {
        code.longValue(dimension == 0 ? x : dimension == 1 ? y : z);
        code.longValue(fact(Frame.GROUP_START + 8 * dimension));
        code.builder().lsub();
      }
      case GROUP_ID, LOCAL_SIZE, GLOBAL_SIZE, GLOBAL_OFFSET, GROUP_COUNT, WORK_DIM ->
          code.longValue(fact(Frame.query(op, dimension)));
    }
  }

  /** Emits the reading of the answers that the function asks for. */
  private void readQueries(Region region) {
    for (Op op : region.ops()) {
      switch (op) {
        case Op.Query query -> {
          if (query.op() == QueryOp.LOCAL_ID) {
            readFact(Frame.GROUP_START + 8 * query.dimension());
          } else if (query.op() != QueryOp.GLOBAL_ID) {
            readFact(Frame.query(query.op(), query.dimension()));
          }
        }
        case Op.If branch -> {
          readQueries(branch.thenRegion());
          readQueries(branch.elseRegion());
        }
        case Op.Loop loop -> readQueries(loop.body());
        default -> {}
      }
    }
  }

  private void readFact(int offset) {
    if (!queries.containsKey(offset)) {
      queries.put(offset, read(offset));
    }
  }

  private int fact(int offset) {
    return Objects.requireNonNull(queries.get(offset));
  }

  /** Pushes the bits of the lanes that run. */
  void pushActive(Exec exec) {
    if (exec.all()) {
      code.constant(Kind.lanes() == 64 ? -1L : (1L << Kind.lanes()) - 1);
    } else {
      code.vector(exec.slot());
      code.call("MaskOps", "bits");
    }
  }

  /** Pushes the faults' memory, the entry of a site in it, and the global ids of the first lane. */
  void pushFaultPlace(long entry) {
    code.longValue(faults);
    code.longValue(faults);
    code.constant(entry);
    code.builder().ladd();
    code.longValue(globalX);
    if (lanes.itemsBefore() > 0) {
      code.constant((long) lanes.itemsBefore());
      code.builder().ladd();
    }
    code.longValue(globalY);
    code.longValue(globalZ);
  }
}
