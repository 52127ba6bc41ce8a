package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.AddressSpace;
import org.jspecify.annotations.Nullable;

/** What expressions that denote an object denote. */
final class Places {
  private Places() {}

  /** Type, address space and constness of the object; null for a mere value. */
  static @Nullable Qualified of(Expr expr) {
    return switch (expr) {
      case Expr.VariableUse use ->
          use.variable().content() != null
              ? use.variable().qualified().asConstant()
              : use.variable().qualified();
      case Expr.Dereference dereference -> ((CType.Pointer) dereference.pointer().type()).target();
      case Expr.Member member -> inside(member.base(), member.type());
      case Expr.Swizzle swizzle -> inside(swizzle.base(), swizzle.type());
      case Expr.Compound compound -> compound.variable().qualified();
      default -> null;
    };
  }

  private static @Nullable Qualified inside(Expr base, CType type) {
    Qualified outer = of(base);
    return outer == null ? null : outer.withType(type);
  }

  /** The address space of what a value of aggregate type is read from. */
  static AddressSpace space(Expr expr) {
    Qualified place = of(expr);
    return place == null ? AddressSpace.PRIVATE : place.space();
  }

  /** Notes that the variable below this place needs an address. */
  static void takeAddress(Expr place) {
    switch (place) {
      case Expr.VariableUse use -> use.variable().takeAddress();
      case Expr.Member member -> takeAddress(member.base());
      case Expr.Swizzle swizzle -> takeAddress(swizzle.base());
      default -> {}
    }
  }
}
