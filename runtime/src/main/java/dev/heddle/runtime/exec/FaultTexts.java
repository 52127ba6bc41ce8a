package dev.heddle.runtime.exec;

import dev.heddle.compiler.ir.Access;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Parameter;
import dev.heddle.compiler.ir.Root;
import dev.heddle.compiler.ir.Span;
import dev.heddle.runtime.run.KernelFault;
import dev.heddle.runtime.spi.Fault;
import java.util.ArrayList;
import java.util.List;

/** Puts the faults that devices report into the terms of the source. */
final class FaultTexts {
  private FaultTexts() {}

  static KernelFault describe(
      Fault fault, KernelCode.Variant variant, int dimensions, String device) {
    Op op = variant.sites().sites().get(fault.site());
    List<Long> item = item(fault, dimensions);
    return switch (op) {
      case Op.Load load ->
          access(fault, load.access(), "reads", variant.function(), op.span(), item, device);
      case Op.Store store ->
          access(fault, store.access(), "writes", variant.function(), op.span(), item, device);
      case Op.Atomic atomic ->
          access(fault, atomic.access(), "updates", variant.function(), op.span(), item, device);
      case Op.Barrier barrier ->
          plain(
              KernelFault.Kind.BARRIER,
              "not every work-item of the work-group reaches this barrier",
              op.span(),
              item,
              device);
      default ->
          plain(
              KernelFault.Kind.DIVISION_BY_ZERO,
              "integer division by zero",
              op.span(),
              item,
              device);
    };
  }

  private static KernelFault plain(
      KernelFault.Kind kind, String what, Span place, List<Long> item, String device) {
    String message = place + ": " + what + ", in " + itemText(item) + " on " + device;
    return new KernelFault(kind, place, message, "", 0, 0, item, device);
  }

  private static KernelFault access(
      Fault fault,
      Access access,
      String verb,
      Function function,
      Span place,
      List<Long> item,
      String device) {
    Unit unit = unit(access, function);
    long index = Math.floorDiv(fault.offset(), unit.bytes());
    long size = fault.size() / unit.bytes();
    boolean inside = fault.offset() >= 0 && fault.offset() + access.bytes() <= fault.size();
    String name = access.root().name();
    String what =
        inside
            ? verb
                + " "
                + name
                + " at byte "
                + fault.offset()
                + ", which is no multiple of "
                + access.alignment()
            : verb
                + " "
                + name
                + "["
                + index
                + "], but "
                + name
                + " has "
                + count(size, unit.name());
    String message = place + ": " + itemText(item) + " " + what + " (on " + device + ")";
    KernelFault.Kind kind = inside ? KernelFault.Kind.MISALIGNED : KernelFault.Kind.OUT_OF_BOUNDS;
    return new KernelFault(kind, place, message, name, index, size, item, device);
  }

  private record Unit(String name, int bytes) {}

  /** What the source counts the object's elements in. */
  private static Unit unit(Access access, Function function) {
    int parameter =
        switch (access.root()) {
          case Root.Buffer buffer -> buffer.parameter();
          case Root.LocalParameter local -> local.parameter();
          case Root.Formal formal -> -1;
          case Root.Array array -> -1;
          case Root.Table table -> -1;
        };
    if (parameter >= 0
        && function.parameters().get(parameter) instanceof Parameter.Pointer pointer) {
      ElementType element = pointer.element();
      int width = pointer.width() == 3 ? 4 : pointer.width();
      String name = element.text() + (pointer.width() == 1 ? "" : pointer.width());
      return new Unit(name, element.type().bytes() * width);
    }
    return new Unit("element", access.element().bytes());
  }

  private static String count(long size, String unit) {
    return size + " " + unit + (size == 1 ? "" : "s");
  }

  private static List<Long> item(Fault fault, int dimensions) {
    List<Long> item = new ArrayList<>(dimensions);
    item.add(fault.x());
    if (dimensions > 1) {
      item.add(fault.y());
    }
    if (dimensions > 2) {
      item.add(fault.z());
    }
    return item;
  }

  private static String itemText(List<Long> item) {
    String ids = String.join(", ", item.stream().map(String::valueOf).toList());
    return item.size() == 1 ? "work-item " + ids : "work-item (" + ids + ")";
  }
}
