package dev.heddle.compiler.frontend.opencl;

/** What the types of an expression promise of the address of the object it denotes, in bytes. */
final class Alignments {
  private Alignments() {}

  /**
   * Alignment of a part of that type, so many bytes into an object that is aligned to {@code
   * whole}.
   */
  static int at(long offset, int whole, CType type) {
    long place = offset == 0 ? whole : Math.min(whole, Long.lowestOneBit(offset));
    return (int) Math.min(place, type.alignment());
  }

  /** Alignment of the object that an expression denotes: less than its type's in packed structs. */
  static int ofPlace(Expr place) {
    return switch (place) {
      case Expr.Member member ->
          at(member.member().offset(), ofPlace(member.base()), member.type());
      case Expr.Dereference dereference ->
          Math.min(dereference.type().alignment(), ofTarget(dereference.pointer()));
      case Expr.Swizzle swizzle ->
          Math.min(ofPlace(swizzle.base()), swizzle.type().lane().type().bytes());
      default -> place.type().alignment();
    };
  }

  private static int ofTarget(Expr pointer) {
    CType target = ((CType.Pointer) pointer.type()).target().type();
    return switch (pointer) {
      case Expr.PointerAdd add ->
          (int) Math.min(ofTarget(add.pointer()), Long.lowestOneBit(Math.max(1, target.size())));
      case Expr.Decay decay -> ofPlace(decay.array());
      case Expr.AddressOf address -> ofPlace(address.place());
      default -> target.alignment();
    };
  }
}
