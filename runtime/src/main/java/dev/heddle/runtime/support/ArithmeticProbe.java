package dev.heddle.runtime.support;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.ConvertOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.QueryOp;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.UnaryOp;
import dev.heddle.compiler.ir.Value;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceBuffer;
import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.Event;
import dev.heddle.runtime.spi.Executable;
import dev.heddle.runtime.spi.Launch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Compares a device's arithmetic with the rules for reproducible runs: one kernel applies the
 * operators whose rounding and corner cases devices are known to differ in to special and random
 * operands, and each result must have the bits that {@link Arithmetic} gives.
 */
public final class ArithmeticProbe {
  /** To be raised when the rows or operands change, since results are kept. */
  public static final String VERSION = "1";

  private static final int ITEMS = 4096;
  private static final int SLOT = Long.BYTES;

  /** Something to compute from three operands of a type. */
  private record Row(String what, Type type, Type result, Emitter emitter, Oracle oracle) {}

  private interface Emitter {
    Value emit(IrBuilder ir, Value a, Value b, Value c);
  }

  private interface Oracle {
    long compute(long a, long b, long c);
  }

  private ArithmeticProbe() {}

  /** Empty if the device follows the rules; else a sentence that says where it does not. */
  public static String run(Device device) {
    List<Row> rows = rows(device.info().supportsDouble());
    try (Executable executable = device.compile(kernel(rows), CompileOptions.DEFAULT)) {
      return run(device, executable, rows);
    } catch (DeviceException e) {
      return "the probe of its arithmetic failed: " + e.getMessage();
    }
  }

  private static String run(Device device, Executable executable, List<Row> rows) {
    long outputBytes = (long) rows.size() * ITEMS * SLOT;
    try (Arena arena = Arena.ofShared();
        DeviceBuffer input = device.allocate(3L * ITEMS * SLOT);
        DeviceBuffer output = device.allocate(outputBytes)) {
      MemorySegment operands = arena.allocate(3L * ITEMS * SLOT, SLOT);
      fill(operands);
      Event in = device.copyIn(operands, input, 0, List.of());
      Launch.Range range =
          new Launch.Range(1, new long[] {ITEMS, 1, 1}, new long[3], new long[] {64, 1, 1});
      Launch launch =
          new Launch(
              range,
              new long[3],
              new long[] {ITEMS / 64, 1, 1},
              List.of(
                  new Launch.Buffer(input, input.bytes(), 0),
                  new Launch.Buffer(output, outputBytes, 0)));
      Event run = device.launch(executable, launch, List.of(in));
      MemorySegment results = arena.allocate(outputBytes, SLOT);
      device.copyOut(output, 0, results, List.of(run)).await();
      return compare(rows, operands, results);
    }
  }

  private static String compare(List<Row> rows, MemorySegment operands, MemorySegment results) {
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      for (int i = 0; i < ITEMS; i++) {
        long a = Arithmetic.truncate(row.type(), slot(operands, i));
        long b = Arithmetic.truncate(row.type(), slot(operands, ITEMS + i));
        long c = Arithmetic.truncate(row.type(), slot(operands, 2 * ITEMS + i));
        long expected = row.oracle().compute(a, b, c);
        long found = Arithmetic.truncate(row.result(), slot(results, r * ITEMS + i));
        if (found != expected) {
          return "%s of %s 0x%x, 0x%x, 0x%x gives 0x%x instead of 0x%x"
              .formatted(row.what(), row.type().text(), a, b, c, found, expected);
        }
      }
    }
    return "";
  }

  private static long slot(MemorySegment memory, int index) {
    return memory.getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  /** Special numbers in all pairs, then random bits; a float is the low half of a slot. */
  private static void fill(MemorySegment operands) {
    long[] special = specials();
    SplittableRandom random = new SplittableRandom(1);
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < ITEMS; i++) {
        boolean paired = i < special.length * special.length;
        int index = k == 0 ? i / special.length : k == 1 ? i : 7 * i + i / special.length;
        long bits = paired ? special[index % special.length] : random.nextLong();
        operands.setAtIndex(ValueLayout.JAVA_LONG, (long) k * ITEMS + i, bits);
      }
    }
  }

  /** Each a double in all its bits and a float in the low ones. */
  private static long[] specials() {
    double[] numbers = {
      0,
      -0.0,
      1,
      -1,
      1 / 3.0,
      -2.5,
      1.5,
      3,
      1e-40,
      -1e-45,
      1e-310,
      3e38,
      -3e38,
      1e300,
      65519.99,
      65520,
      2147483647,
      -2147483648.0,
      4294967295.0,
      9.3e18,
      1.9e19,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Float.MIN_NORMAL,
      5
    };
    long[] special = new long[2 * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      long high = Double.doubleToLongBits(numbers[i]);
      special[2 * i] = high;
      special[2 * i + 1] =
          high & 0xFFFFFFFF00000000L
              | Integer.toUnsignedLong(Float.floatToIntBits((float) numbers[i]));
    }
    return special;
  }

  /** What the printed code leaves to the device; the rest it computes from integers itself. */
  private static List<Row> rows(boolean doubles) {
    List<Row> rows = new ArrayList<>();
    addFloats(rows, Type.F32);
    rows.add(convert(ConvertOp.F_TO_S, Type.F32, Type.I32));
    if (doubles) {
      addFloats(rows, Type.F64);
      rows.add(convert(ConvertOp.F_TRUNC, Type.F64, Type.F32));
      rows.add(convert(ConvertOp.F_TO_U, Type.F64, Type.I64));
    }
    rows.add(convert(ConvertOp.S_TO_F, Type.I64, Type.F32));
    rows.add(convert(ConvertOp.U_TO_F, Type.I64, Type.F32));
    rows.add(binary(BinaryOp.SDIV, Type.I32));
    rows.add(binary(BinaryOp.ASHR, Type.I32));
    return rows;
  }

  private static void addFloats(List<Row> rows, Type type) {
    rows.add(binary(BinaryOp.FDIV, type));
    rows.add(
        new Row(
            "sqrt",
            type,
            type,
            (ir, a, b, c) -> ir.unary(UnaryOp.SQRT, a),
            (a, b, c) -> Arithmetic.unary(UnaryOp.SQRT, type, a)));
    rows.add(
        new Row(
            "fma",
            type,
            type,
            (ir, a, b, c) -> ir.fma(a, b, c),
            (a, b, c) -> Arithmetic.fma(type, a, b, c)));
    rows.add(
        new Row(
            "a product and a sum, each rounded,",
            type,
            type,
            (ir, a, b, c) -> ir.binary(BinaryOp.FADD, ir.binary(BinaryOp.FMUL, a, b), c),
            (a, b, c) ->
                Arithmetic.binary(
                    BinaryOp.FADD, type, Arithmetic.binary(BinaryOp.FMUL, type, a, b), c)));
  }

  private static Row binary(BinaryOp op, Type type) {
    return new Row(
        op.text(),
        type,
        type,
        (ir, a, b, c) -> ir.binary(op, a, b),
        (a, b, c) -> Arithmetic.binary(op, type, a, b));
  }

  private static Row convert(ConvertOp op, Type from, Type to) {
    return new Row(
        op.text() + " to " + to.text(),
        from,
        to,
        (ir, a, b, c) -> ir.convert(op, to, a),
        (a, b, c) -> Arithmetic.convert(op, from, to, a));
  }

  private static Function kernel(List<Row> rows) {
    IrBuilder ir = new IrBuilder();
    Parameter.Pointer input = pointer(ir, "input", 0);
    Parameter.Pointer output = pointer(ir, "output", 1);
    ir.open(List.of());
    Value id = ir.query(QueryOp.GLOBAL_ID, 0);
    Value offset = ir.binary(BinaryOp.MUL, id, ir.constant(Type.I64, SLOT));
    Map<Type, Value[]> loaded = new EnumMap<>(Type.class);
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      Value[] operands =
          loaded.computeIfAbsent(row.type(), type -> load(ir, input.root(), offset, type));
      Value result = row.emitter().emit(ir, operands[0], operands[1], operands[2]);
      ir.store(place(ir, output.root(), offset, r, row.result()), List.of(result));
    }
    return new Function(
        "arithmetic_probe",
        true,
        List.of(input, output),
        List.of(),
        List.of(),
        Optional.empty(),
        ir.close(new Terminator.Return(List.of())),
        Span.NONE);
  }

  private static Value[] load(IrBuilder ir, Root root, Value offset, Type type) {
    Value[] operands = new Value[3];
    for (int k = 0; k < 3; k++) {
      operands[k] = ir.load(place(ir, root, offset, k, type)).getFirst();
    }
    return operands;
  }

  private static Parameter.Pointer pointer(IrBuilder ir, String name, int index) {
    Root root = new Root.Buffer(name, AddressSpace.GLOBAL, index);
    return new Parameter.Pointer(name, ElementType.ULONG, 1, root, ir.fresh(Type.I64), index == 0);
  }

  private static Access place(IrBuilder ir, Root root, Value offset, int column, Type type) {
    Value start = ir.constant(Type.I64, (long) column * ITEMS * SLOT);
    Value at = ir.binary(BinaryOp.ADD, offset, start);
    return new Access(root, at, type, 1, type.bytes(), Access.Guard.PROVEN);
  }
}
