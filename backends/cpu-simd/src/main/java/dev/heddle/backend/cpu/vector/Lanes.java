package dev.heddle.backend.cpu.vector;

import dev.heddle.backend.cpu.group.NanFlow;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of the code being emitted: where each is kept, and how to get it in either form.
 *
 * <p>Code may be for several vectors of neighbouring work-items at once (its copies): what varies
 * is kept for each, what does not is kept once. Emission goes from copy to copy within an op.
 */
final class Lanes {
  private final Code code;
  private final LaneShapes shapes;
  private final NanFlow nans;
  private final int copies;

  /** Of each copy; of the first, what all share as well. */
  private final List<Map<Value, Place>> places = new ArrayList<>();

  /** The copies that are being emitted, and the one at hand. */
  private int firstCopy;

  private int endCopy;
  private int copy;

  Lanes(Code code, LaneShapes shapes, NanFlow nans, int copies) {
    this.code = code;
    this.shapes = shapes;
    this.nans = nans;
    this.copies = copies;
    endCopy = copies;
    for (int i = 0; i < copies; i++) {
      places.add(new HashMap<>());
    }
  }

  /** Number of vectors that the code as a whole is for. */
  int copies() {
    return copies;
  }

  /** Number of vectors that are emitted for now. */
  int emitted() {
    return endCopy - firstCopy;
  }

  /** The number of the copy at hand. */
  int copy() {
    return copy;
  }

  /** Emits something for each copy in turn. */
  void forEachCopy(Runnable emission) {
    for (copy = firstCopy; copy < endCopy; copy++) {
      emission.run();
    }
    copy = firstCopy;
  }

  /** Emits something for one copy after the other, with all that it leads to. */
  void oneByOne(Runnable emission) {
    int first = firstCopy;
    int end = endCopy;
    for (int i = first; i < end; i++) {
      firstCopy = i;
      endCopy = i + 1;
      copy = i;
      emission.run();
    }
    firstCopy = first;
    endCopy = end;
    copy = first;
  }

  /** Work-items before those of the copy at hand. */
  int itemsBefore() {
    return copy * Kind.lanes();
  }

  /** Work-items between the first that are emitted for now and those of the copy at hand. */
  int itemsSinceFirst() {
    return (copy - firstCopy) * Kind.lanes();
  }

  LaneShapes shapes() {
    return shapes;
  }

  Shape shape(Value value) {
    return shapes.of(value);
  }

  Place place(Value value) {
    Place place = home(value).get(value);
    if (place == null) {
      throw new IllegalStateException("value " + value + " is nowhere");
    }
    return place;
  }

  void bind(Value value, Place place) {
    home(value).put(value, place);
  }

  private Map<Value, Place> home(Value value) {
    return places.get(shape(value).varying() ? copy : 0);
  }

  /** Makes room for values, in every copy. */
  void allocate(List<Value> values) {
    for (Value value : values) {
      if (shape(value).varying()) {
        forEachCopy(() -> allocate(value));
      } else {
        allocate(value);
      }
    }
  }

  /** Makes room for a value. */
  Place allocate(Value value) {
    Kind kind = Kind.of(value.type());
    Place place;
    if (!shape(value).varying()) {
      place = Place.scalar(code.local(kind.scalar()));
    } else if (kind.parts() == 2) {
      place = Place.pair(code.local(TypeKind.REFERENCE), code.local(TypeKind.REFERENCE));
    } else {
      place = Place.vector(code.local(TypeKind.REFERENCE));
    }
    bind(value, place);
    return place;
  }

  /** Pushes the scalar of a value that is not varying: lane 0's of the first copy. */
  void scalar(Value value) {
    if (shapes.definition(value) instanceof Op.Constant constant) {
      constant(value.type(), constant.bits());
      return;
    }
    Place place = place(value);
    if (!place.scalar()) {
      throw new IllegalStateException("value " + value + " is a vector");
    }
    code.load(Kind.of(value.type()).scalar(), place.first());
  }

  /** Pushes the scalar of a value that is not varying: that of the first lane of the copy. */
  void firstLane(Value value) {
    scalar(value);
    long before = shape(value).stride() * itemsBefore();
    if (before != 0) {
      if (Kind.of(value.type()) == Kind.LONG) {
        code.constant(before);
        code.builder().ladd();
      } else {
        code.constant((int) before);
        code.builder().iadd();
      }
    }
  }

  private void constant(Type type, long bits) {
    switch (Kind.of(type)) {
      case BOOL, INT -> code.constant((int) LaneShapes.signed(type, bits) & boolMask(type));
      case LONG -> code.constant(bits);
      case FLOAT -> floatConstant((int) bits);
      case DOUBLE -> doubleConstant(bits);
    }
  }

  private static int boolMask(Type type) {
    return type == Type.BOOL ? 1 : -1;
  }

  private void floatConstant(int bits) {
    float value = Float.intBitsToFloat(bits);
    if (Float.floatToRawIntBits(value) == bits && value == value) {
      code.builder().loadConstant(value);
    } else {
      code.constant(bits);
      code.call("ScalarOps", "from_i");
    }
  }

  private void doubleConstant(long bits) {
    double value = Double.longBitsToDouble(bits);
    if (value == value) {
      code.builder().loadConstant(value);
    } else {
      code.constant(bits);
      code.call("ScalarOps", "from_l");
    }
  }

  /** Pushes a part of the vector of a value. */
  void vector(Value value, int part) {
    Shape shape = shape(value);
    Kind kind = Kind.of(value.type());
    switch (shape.kind()) {
      case UNIFORM -> {
        scalar(value);
        code.call(kind.ops(), "broadcast");
      }
      case LINEAR -> linear(value, kind, shape.stride(), part);
      case VARYING -> code.vector(place(value).part(part));
    }
  }

  private void linear(Value value, Kind kind, long stride, int part) {
    firstLane(value);
    if (kind == Kind.INT) {
      code.constant((int) stride);
    } else {
      if (part == 1) {
        code.constant(stride * (Kind.lanes() / 2));
        code.builder().ladd();
      }
      code.constant(stride);
    }
    code.call(kind.ops(), "linear");
  }

  /** Pushes the same, made canonical if its NaNs become visible by going into {@code result}. */
  void vectorInto(Value value, Value result, int part) {
    vector(value, part);
    if (nans.canonicalInto(value, result)) {
      code.call(Kind.of(value.type()).ops(), "canonical");
    }
  }

  void scalarInto(Value value, Value result) {
    scalar(value);
    if (nans.canonicalInto(value, result)) {
      canonicalScalar(value);
    }
  }

  /** Pushes a part with every bit as it will be seen in memory or as an integer. */
  void visibleVector(Value value, int part) {
    vector(value, part);
    if (nans.loose(value)) {
      code.call(Kind.of(value.type()).ops(), "canonical");
    }
  }

  void visibleScalar(Value value) {
    scalar(value);
    if (nans.loose(value)) {
      canonicalScalar(value);
    }
  }

  private void canonicalScalar(Value value) {
    code.call("ScalarOps", "canonical_" + Kind.of(value.type()).suffix());
  }

  /** Pushes the half mask of a BOOL that goes with a part of 64-bit values. */
  void halfMask(Value value, int part) {
    Place place = shape(value).varying() ? place(value) : null;
    if (place != null && place.low() >= 0) {
      code.vector(part == 0 ? place.low() : place.high());
    } else {
      vector(value, 0);
      code.call("MaskOps", part == 0 ? "low" : "high");
    }
  }

  /** Pushes the mask of a BOOL that goes with a part of values of {@code kind}. */
  void maskFor(Value value, Kind kind, int part) {
    if (kind.parts() == 2) {
      halfMask(value, part);
    } else {
      vector(value, 0);
    }
  }

  /** Stores what is on the stack to a part of a place. */
  void store(Value value, int part) {
    store(value, place(value), part);
  }

  /** The same, to the place of a value in some copy. */
  void store(Value value, Place place, int part) {
    if (place.scalar()) {
      code.store(Kind.of(value.type()).scalar(), place.first());
    } else {
      code.builder().astore(place.part(part));
    }
  }

  /** Sets a place to zero, so that it is defined on every path. */
  void clear(Value value) {
    Kind kind = Kind.of(value.type());
    for (int part = 0; part < kind.parts(); part++) {
      zero(kind);
      if (shape(value).varying()) {
        code.call(kind.ops(), "broadcast");
        store(value, part);
      } else {
        store(value, 0);
        return;
      }
    }
  }

  private void zero(Kind kind) {
    switch (kind) {
      case BOOL, INT -> code.constant(0);
      case LONG -> code.constant(0L);
      case FLOAT -> code.builder().fconst_0();
      case DOUBLE -> code.builder().dconst_0();
    }
  }

  /** Jumps unless the uniform BOOL is true. */
  void jumpUnless(Value condition, Label label) {
    scalar(condition);
    code.builder().ifeq(label);
  }
}
