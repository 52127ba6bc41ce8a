package dev.heddle.compiler.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IrTextTest {
  private static final String EVERYTHING =
      """
      file "other.h"
      file "a dir/kernel \\"x\\".cl"

      function helper -> i32, f32 @2:1
        scalar a int %0
        pointer p float 4 %1 formal &p private 1
      {
        %2:f32 = load f32 &p[%1] align 4 @3:7
        return %0, %2
      }

      kernel main local 8, 4, 1 @1/1:1
        scalar flag bool %0
        scalar x float %1
        pointer in half 1 readonly %2 buffer &in global 2
        pointer out int 2 %3 buffer &out global 3
        pointer tmp double 1 %4 local_parameter &tmp 4
        pointer odd uchar 1 readonly %5 buffer &"odd name" constant 5
        object array &main.lm local 64 8
        object array &pm private 16 4
        object table &t 4 "0102030405060708"
      {
        %6:i32 = const -7 @1/10:3
        %7:f32 = const -1.5E-30 @1/10:4
        %8:f64 = const 0x7ff8000000000001
        %9:f16 = const 0x7c01
        %10:i1 = const true
        %11:i8 = const -1
        %12:i16 = const 300
        %13:i64 = const -9223372036854775808
        %14:i32 = neg %6 @1/11:1
        %15:f32 = fneg %7
        %16:i32 = add %6, %14
        %17:i1 = slt %6, %16
        %18:f32 = fma %7, %15, %1
        %19:f32 = select %17, %7, %18
        %20:i64 = sext %16
        %21:f32 = builtin exp %19
        %22:f32 = builtin pow %19, %21
        %23:i64 = query global_id 2
        %24:f16, %25:f16 = load f16 x2 &in[%23] align 2 proven
        store i32 x2 &out[%3] align 8, %6, %14 @12:9
        %26:i32 = atomic compare_exchange i32 &out[%3] align 4, %6, %14
        %27:i64 = atomic add i64 &main.lm[%23] align 8, %20
        barrier local global @1/13:1
        barrier
        fence global
        %28:i64 = size &"odd name"
        %29:i32, %30:f32 = call helper(%6, &pm[%23]) @1/14:2
        call nothing()
        %31:i32 = if %17 { @1/15:5
          %32:i32 = not %6
          yield %32
        } else {
          return
        }
        %33:i32, %34:f32 = loop 3 (%35:i32, %36:f32) = (%31, %7) { @1/16:5
          loop 4 () = () {
            if %17 {
              break 4
            } else {
              continue 3 %35, %7
            }
            return
          }
          break 3 %35, %36
        }
        return
      }
      """;

  @Test
  void printsBackWhatItParsed() {
    Program program = IrParser.parse(EVERYTHING);
    String printed = IrPrinter.print(program);
    assertEquals(program, IrParser.parse(printed));
    assertEquals(printed, IrPrinter.print(IrParser.parse(printed)));
    assertEquals(
        EVERYTHING.lines().filter(line -> !line.isBlank()).toList(),
        printed.lines().filter(line -> !line.isBlank()).toList());
  }

  @Test
  void theSampleHasEveryKindOfOpRootTerminatorAndParameter() {
    Program program = IrParser.parse(EVERYTHING);
    Set<Class<?>> seen = new HashSet<>();
    for (Function function : program.functions()) {
      function.parameters().forEach(parameter -> seen.add(parameter.getClass()));
      function.objects().forEach(root -> seen.add(root.getClass()));
      collect(function.body(), seen);
    }
    seen.add(Root.Buffer.class);
    seen.add(Root.Formal.class);
    seen.add(Root.LocalParameter.class);
    for (Class<?> family :
        List.of(Op.class, Terminator.class, Root.class, Parameter.class, Op.Argument.class)) {
      for (Class<?> kind : family.getPermittedSubclasses()) {
        assertTrue(seen.contains(kind), kind.getSimpleName());
      }
    }
  }

  private static void collect(Region region, Set<Class<?>> seen) {
    seen.add(region.terminator().getClass());
    for (Op op : region.ops()) {
      seen.add(op.getClass());
      switch (op) {
        case Op.If branch -> {
          collect(branch.thenRegion(), seen);
          collect(branch.elseRegion(), seen);
        }
        case Op.Loop loop -> collect(loop.body(), seen);
        case Op.Call call -> call.arguments().forEach(a -> seen.add(a.getClass()));
        default -> {}
      }
    }
  }

  @Test
  void everyOperatorRoundTrips() {
    IrBuilder builder = new IrBuilder();
    builder.open(List.of());
    for (UnaryOp op : UnaryOp.values()) {
      builder.unary(op, builder.constant(typeOf(op.domain()), 5));
    }
    for (BinaryOp op : BinaryOp.values()) {
      Value operand = builder.constant(typeOf(op.domain()), 5);
      builder.binary(op, operand, operand);
    }
    for (CompareOp op : CompareOp.values()) {
      Value operand = builder.constant(typeOf(op.domain()), 5);
      builder.compare(op, operand, operand);
    }
    for (BuiltinOp op : BuiltinOp.values()) {
      Value operand = builder.constant(1.5f);
      builder.builtin(op, new ArrayList<>(java.util.Collections.nCopies(op.operands(), operand)));
    }
    for (QueryOp op : QueryOp.values()) {
      builder.query(op, 0);
    }
    for (ConvertOp op : ConvertOp.values()) {
      for (Type from : Type.values()) {
        Arrays.stream(Type.values())
            .filter(to -> op.accepts(from, to))
            .forEach(to -> builder.convert(op, to, builder.constant(from, 1)));
      }
    }
    roundTrip(kernel(builder.close(new Terminator.Return(List.of()))));
  }

  @Test
  void everyConstantRoundTripsBitForBit() {
    IrBuilder builder = new IrBuilder();
    builder.open(List.of());
    long[] patterns = {
      0,
      1,
      -1,
      0x80,
      0x8000,
      0x7fc00000L,
      0x7f800001L,
      0xff800000L,
      0x80000000L,
      0x00000001L,
      0x7f7fffffL,
      0x3dcccccdL,
      0x7ff0000000000001L,
      0x8000000000000000L,
      0x3fb999999999999aL,
      0x0000000000000003L,
      0xfff0000000000000L
    };
    for (Type type : Type.values()) {
      for (long pattern : patterns) {
        builder.constant(type, pattern);
      }
    }
    roundTrip(kernel(builder.close(new Terminator.Return(List.of()))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kernel k\n{\n  %0:i32 = frob %1\n  return\n}\n",
        "kernel k\n{\n  %0:i32 = neg %1\n  return\n}\n",
        "kernel k\n{\n  %0:i32 = const 1 @0:3\n  return\n}\n",
        "kernel k\n{\n  return\n",
        "kernel k\n{\n  store i32 &x[%0] align 4, %0\n  return\n}\n",
        "kernel k\n{\n  %0:i33 = const 1\n  return\n}\n",
        "kernel k\n{\n  %0:i32 = add\n  return\n}\n",
        "kernel",
        "nonsense"
      })
  void refusesBrokenTextWithALine(String text) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> IrParser.parse(text));
    assertTrue(error.getMessage().startsWith("line "), error.getMessage());
  }

  private static Type typeOf(Domain domain) {
    return domain == Domain.FLOAT ? Type.F32 : Type.I32;
  }

  private static void roundTrip(Function function) {
    Program program = new Program(List.of(function));
    assertEquals(program, IrParser.parse(IrPrinter.print(program)));
  }

  private static Function kernel(Region body) {
    return new Function(
        "k", true, List.of(), List.of(), List.of(), java.util.Optional.empty(), body, Span.NONE);
  }
}
