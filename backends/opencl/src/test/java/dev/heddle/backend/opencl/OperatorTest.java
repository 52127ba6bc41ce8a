package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.Arithmetic;
import dev.heddle.compiler.ir.BinaryOp;
import dev.heddle.compiler.ir.CompareOp;
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
import dev.heddle.compiler.verify.Verifier;
import dev.heddle.runtime.spi.CompileOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every operator on every type it takes, on the device, against {@link Arithmetic}. */
class OperatorTest {
  private static final int RANDOM_COUNT = 2000;

  /** One result per operator and type, computed in the kernel and by the table. */
  private record Row(String name, Type result, Emitter emitter, Oracle oracle) {}

  private interface Emitter {
    Value emit(IrBuilder ir, Value a, Value b, Value c);
  }

  private interface Oracle {
    long compute(long a, long b, long c);
  }

  @ParameterizedTest
  @EnumSource(Type.class)
  void computesEveryOperatorAsTheTableSays(Type type) {
    List<Row> rows = rows(type);
    long[][] operands = operands(type);
    int n = operands[0].length;
    Function kernel = kernel(type, rows, n);
    Verifier.verify(kernel);
    Harness.Case test =
        Harness.Case.of(
            kernel,
            n,
            64,
            buffer(operands[0]),
            buffer(operands[1]),
            buffer(operands[2]),
            Harness.zeros(rows.size() * n * 8));
    byte[] results =
        Harness.run(Harness.device(), test, CompileOptions.DEFAULT).buffers().getLast();
    ByteBuffer view = ByteBuffer.wrap(results).order(ByteOrder.LITTLE_ENDIAN);
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      for (int i = 0; i < n; i++) {
        long a = operands[0][i];
        long b = operands[1][i];
        long c = operands[2][i];
        int at = r;
        int item = i;
        assertEquals(
            Long.toHexString(row.oracle().compute(a, b, c)),
            Long.toHexString(view.getLong((at * n + item) * 8)),
            () -> "%s of %x, %x, %x".formatted(row.name(), a, b, c));
      }
    }
  }

  private static List<Row> rows(Type type) {
    List<Row> rows = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(
            new Row(
                op.text(),
                type,
                (ir, a, b, c) -> ir.unary(op, a),
                (a, b, c) -> Arithmetic.unary(op, type, a)));
      }
    }
    for (BinaryOp op : BinaryOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(
            new Row(
                op.text(),
                type,
                (ir, a, b, c) -> ir.binary(op, a, b),
                (a, b, c) -> Arithmetic.binary(op, type, a, b)));
      }
    }
    for (CompareOp op : CompareOp.values()) {
      if (op.domain().accepts(type)) {
        rows.add(
            new Row(
                op.text(),
                Type.BOOL,
                (ir, a, b, c) -> ir.compare(op, a, b),
                (a, b, c) -> Arithmetic.compare(op, type, a, b) ? 1 : 0));
      }
    }
    for (ConvertOp op : ConvertOp.values()) {
      for (Type to : Type.values()) {
        if (op.accepts(type, to)) {
          rows.add(
              new Row(
                  op.text() + " to " + to,
                  to,
                  (ir, a, b, c) -> ir.convert(op, to, a),
                  (a, b, c) -> Arithmetic.convert(op, type, to, a)));
        }
      }
    }
    if (type == Type.F32 || type == Type.F64) {
      rows.add(
          new Row(
              "fma",
              type,
              (ir, a, b, c) -> ir.fma(a, b, c),
              (a, b, c) -> Arithmetic.fma(type, a, b, c)));
      rows.add(
          new Row(
              "product and sum apart",
              type,
              (ir, a, b, c) -> ir.binary(BinaryOp.FADD, ir.binary(BinaryOp.FMUL, a, b), c),
              (a, b, c) ->
                  Arithmetic.binary(
                      BinaryOp.FADD, type, Arithmetic.binary(BinaryOp.FMUL, type, a, b), c)));
      rows.add(
          new Row(
              "negated quotient",
              type,
              (ir, a, b, c) -> ir.unary(UnaryOp.FNEG, ir.binary(BinaryOp.FDIV, a, b)),
              (a, b, c) ->
                  Arithmetic.unary(
                      UnaryOp.FNEG, type, Arithmetic.binary(BinaryOp.FDIV, type, a, b))));
      rows.add(
          new Row(
              "quotient or operand",
              type,
              (ir, a, b, c) ->
                  ir.select(ir.compare(CompareOp.FLT, a, b), c, ir.binary(BinaryOp.FDIV, a, b)),
              (a, b, c) ->
                  Arithmetic.compare(CompareOp.FLT, type, a, b)
                      ? c
                      : Arithmetic.binary(BinaryOp.FDIV, type, a, b)));
    }
    rows.add(
        new Row(
            "select",
            type,
            (ir, a, b, c) -> ir.select(ir.compare(CompareOp.EQ, low(ir, a), low(ir, b)), a, c),
            (a, b, c) -> (a & 0xff) == (b & 0xff) ? a : c));
    return rows;
  }

  /** The low byte of a value, as an integer. */
  private static Value low(IrBuilder ir, Value value) {
    Type type = value.type();
    Value bits =
        switch (type) {
          case F16 -> ir.convert(ConvertOp.BITCAST, Type.I16, value);
          case F32 -> ir.convert(ConvertOp.BITCAST, Type.I32, value);
          case F64 -> ir.convert(ConvertOp.BITCAST, Type.I64, value);
          case BOOL -> ir.convert(ConvertOp.ZEXT, Type.I8, value);
          case I8, I16, I32, I64 -> value;
        };
    return bits.type() == Type.I8 ? bits : ir.convert(ConvertOp.TRUNC, Type.I8, bits);
  }

  private static Function kernel(Type type, List<Row> rows, int n) {
    IrBuilder ir = new IrBuilder();
    ElementType element = element(type);
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Root root = new Root.Buffer("p" + i, AddressSpace.GLOBAL, i);
      parameters.add(new Parameter.Pointer("p" + i, element, 1, root, ir.fresh(Type.I64), i < 3));
    }
    ir.open(List.of());
    Value id = ir.query(QueryOp.GLOBAL_ID, 0);
    Value offset = ir.binary(BinaryOp.MUL, id, ir.constant(Type.I64, 8));
    List<Value> operands = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      operands.add(ir.load(access(parameters.get(i), offset, type)).getFirst());
    }
    for (int r = 0; r < rows.size(); r++) {
      Row row = rows.get(r);
      Value result = row.emitter().emit(ir, operands.get(0), operands.get(1), operands.get(2));
      Value place = ir.binary(BinaryOp.ADD, offset, ir.constant(Type.I64, 8L * n * r));
      ir.store(access(parameters.get(3), place, row.result()), List.of(result));
    }
    return new Function(
        "operators_" + type.text(),
        true,
        parameters,
        List.of(),
        List.of(),
        Optional.empty(),
        ir.close(new Terminator.Return(List.of())),
        Span.NONE);
  }

  private static Access access(Parameter parameter, Value offset, Type type) {
    Root root = ((Parameter.Pointer) parameter).root();
    return new Access(root, offset, type, 1, type.bytes(), Access.Guard.CHECKED);
  }

  private static ElementType element(Type type) {
    return Arrays.stream(ElementType.values())
        .filter(e -> e.type() == type)
        .findFirst()
        .orElseThrow();
  }

  /** All pairs of special values, each with a third, then random bits. */
  private static long[][] operands(Type type) {
    long[] special = specials(type);
    int pairs = special.length * special.length;
    int n = pairs + RANDOM_COUNT;
    long[][] operands = new long[3][n];
    for (int i = 0; i < pairs; i++) {
      operands[0][i] = special[i / special.length];
      operands[1][i] = special[i % special.length];
      operands[2][i] = special[(i / special.length + 3 * i) % special.length];
    }
    Random random = new Random(42);
    for (int i = pairs; i < n; i++) {
      for (int k = 0; k < 3; k++) {
        operands[k][i] = Arithmetic.truncate(type, random.nextLong() >>> random.nextInt(40));
      }
    }
    return operands;
  }

  private static long[] specials(Type type) {
    LongStream bits =
        switch (type) {
          case BOOL -> LongStream.of(0, 1);
          case I8, I16, I32, I64 -> {
            long min = 1L << (type.bits() - 1);
            yield LongStream.of(
                0,
                1,
                2,
                3,
                7,
                10,
                -1,
                -2,
                -7,
                min,
                min + 1,
                min - 1,
                min - 2,
                0x55,
                type.bits(),
                type.bits() - 1,
                type.bits() + 1,
                100,
                -100);
          }
          case F16 ->
              LongStream.of(
                  0, 0x8000, 1, 0x8001, 0x3ff, 0x400, 0x3c00, 0xbc00, 0x7bff, 0xfbff, 0x7c00,
                  0xfc00, 0x7e00, 0xfe00, 0x7c01, 0x5640, 0x3555);
          case F32 ->
              LongStream.concat(
                  LongStream.of(0x7fc00000L, 0xffc00000L, 0x7f800001L, 0xffffffffL, 1, 0x80000001L),
                  Arrays.stream(
                          new double[] {
                            0,
                            -0.0,
                            1,
                            -1,
                            0.5,
                            -0.5,
                            1.5,
                            2.5,
                            -2.5,
                            3,
                            1e-40,
                            -1e-40,
                            1e38,
                            -3e38,
                            127.5,
                            128,
                            255.9,
                            256,
                            -128,
                            -129,
                            32767.9,
                            65535,
                            65504,
                            65519,
                            65520,
                            65536,
                            6e-8,
                            2.9e-8,
                            3e-8,
                            6.1e-5,
                            2147483647,
                            2147483648.0,
                            -2147483648.0,
                            4294967295.0,
                            4294967296.0,
                            9.223372036854775807e18,
                            -9.223372036854775808e18,
                            1.8446744073709552e19,
                            1 / 3.0,
                            8388607.5,
                            8388609,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY
                          })
                      .mapToLong(v -> Float.floatToRawIntBits((float) v)));
          case F64 ->
              LongStream.concat(
                  LongStream.of(
                      0x7ff8000000000000L,
                      0xfff8000000000000L,
                      0x7ff0000000000001L,
                      -1L,
                      1,
                      0x8000000000000001L),
                  Arrays.stream(
                          new double[] {
                            0,
                            -0.0,
                            1,
                            -1,
                            0.5,
                            -0.5,
                            1.5,
                            2.5,
                            -2.5,
                            3,
                            1e-310,
                            -1e-310,
                            1e308,
                            -1e308,
                            1e-40,
                            7e-46,
                            3.4028235e38,
                            3.4028235677973366e38,
                            127.5,
                            255.9,
                            256,
                            -129,
                            65519.99999999999,
                            65520,
                            2.98023223876953125e-8,
                            2.980232238769532e-8,
                            2147483647.5,
                            2147483648.0,
                            -2147483649.0,
                            4294967295.5,
                            4294967296.0,
                            9.223372036854775807e18,
                            -9.223372036854775808e18,
                            1.8446744073709552e19,
                            1.844674407370955e19,
                            1 / 3.0,
                            1.00000005960464477539,
                            4503599627370495.5,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY
                          })
                      .mapToLong(Double::doubleToRawLongBits));
        };
    return bits.map(value -> Arithmetic.truncate(type, value)).toArray();
  }

  private static Harness.Argument buffer(long[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 8).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return new Harness.Buffer(bytes.array());
  }
}
