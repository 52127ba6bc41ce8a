package dev.heddle.runtime.api;

import dev.heddle.compiler.interp.ArrayMemory;
import dev.heddle.compiler.interp.InterpLaunch;
import dev.heddle.compiler.interp.InterpOptions;
import dev.heddle.compiler.interp.Interpreter;
import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.AddressSpace;
import dev.heddle.compiler.ir.BuiltinOp;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.IrBuilder;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Program;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.compiler.ir.Terminator;
import dev.heddle.compiler.ir.Type;
import dev.heddle.compiler.ir.Value;
import dev.heddle.compiler.pass.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The builtin functions outside kernels: the sequences that devices run, interpreted. */
final class FloatReference {
  private static final Map<BuiltinOp, Function> FUNCTIONS = new ConcurrentHashMap<>();

  private FloatReference() {}

  static float of(BuiltinOp op, float x, float y) {
    Function function = FUNCTIONS.computeIfAbsent(op, FloatReference::function);
    ArrayMemory result = new ArrayMemory(Float.BYTES);
    InterpLaunch launch =
        InterpLaunch.linear(
            1,
            1,
            new InterpLaunch.Scalar(bits(x)),
            new InterpLaunch.Scalar(bits(y)),
            new InterpLaunch.Buffer(result));
    Interpreter.run(function, launch, InterpOptions.DEFAULT);
    return Float.intBitsToFloat(result.getInt(0));
  }

  private static long bits(float value) {
    return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
  }

  private static Function function(BuiltinOp op) {
    IrBuilder ir = new IrBuilder();
    Value x = ir.fresh(Type.F32);
    Value y = ir.fresh(Type.F32);
    Root out = new Root.Buffer("out", AddressSpace.GLOBAL, 2);
    List<Parameter> parameters =
        List.of(
            new Parameter.Scalar("x", ElementType.FLOAT, x),
            new Parameter.Scalar("y", ElementType.FLOAT, y),
            new Parameter.Pointer("out", ElementType.FLOAT, 1, out, ir.fresh(Type.I64), false));
    ir.open(List.of());
    Value result = ir.builtin(op, List.of(x, y).subList(0, op.operands()));
    Value start = ir.constant(Type.I64, 0);
    Access access = new Access(out, start, Type.F32, 1, 4, Access.Guard.CHECKED);
    ir.store(access, List.of(result));
    Function kernel =
        new Function(
            op.text(),
            true,
            parameters,
            List.of(),
            List.of(),
            Optional.empty(),
            ir.close(new Terminator.Return(List.of())),
            Span.NONE);
    return Pipeline.prepare(new Program(List.of(kernel)), op.text(), true);
  }
}
