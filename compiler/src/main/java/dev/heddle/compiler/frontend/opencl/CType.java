package dev.heddle.compiler.frontend.opencl;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A type of OpenCL C. */
sealed interface CType {
  Void VOID = new Void();
  Invalid INVALID = new Invalid();
  Scalar BOOL = scalar(ElementType.BOOL);
  Scalar CHAR = scalar(ElementType.CHAR);
  Scalar UCHAR = scalar(ElementType.UCHAR);
  Scalar INT = scalar(ElementType.INT);
  Scalar UINT = scalar(ElementType.UINT);
  Scalar LONG = scalar(ElementType.LONG);
  Scalar ULONG = scalar(ElementType.ULONG);
  Scalar FLOAT = scalar(ElementType.FLOAT);
  Scalar DOUBLE = scalar(ElementType.DOUBLE);

  static Scalar scalar(ElementType element) {
    return Objects.requireNonNull(Scalar.ALL.get(element));
  }

  /** A scalar for width 1, else a vector. */
  static CType of(ElementType element, int width) {
    return width == 1 ? scalar(element) : new Vector(element, width);
  }

  /** Size in memory, in bytes. */
  long size();

  int alignment();

  /** As a message spells it. */
  String text();

  record Void() implements CType {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public int alignment() {
      return 1;
    }

    @Override
    public String text() {
      return "void";
    }
  }

  /** What an expression with a reported mistake has; fits everywhere. */
  record Invalid() implements CType {
    @Override
    public long size() {
      return 1;
    }

    @Override
    public int alignment() {
      return 1;
    }

    @Override
    public String text() {
      return "(invalid)";
    }
  }

  record Scalar(ElementType element) implements CType {
    private static final Map<ElementType, Scalar> ALL = all();

    private static Map<ElementType, Scalar> all() {
      Map<ElementType, Scalar> all = new EnumMap<>(ElementType.class);
      for (ElementType element : ElementType.values()) {
        all.put(element, new Scalar(element));
      }
      return all;
    }

    boolean isFloat() {
      return element.type().isFloat();
    }

    @Override
    public long size() {
      return element.type().bytes();
    }

    @Override
    public int alignment() {
      return element.type().bytes();
    }

    @Override
    public String text() {
      return element.text();
    }
  }

  record Vector(ElementType element, int width) implements CType {
    /** A vector of three takes the room of four. */
    int room() {
      return width == 3 ? 4 : width;
    }

    @Override
    public long size() {
      return (long) element.type().bytes() * room();
    }

    @Override
    public int alignment() {
      return (int) size();
    }

    @Override
    public String text() {
      return element.text() + width;
    }
  }

  record Pointer(Qualified target) implements CType {
    @Override
    public long size() {
      return 8;
    }

    @Override
    public int alignment() {
      return 8;
    }

    @Override
    public String text() {
      return target.text() + "*";
    }
  }

  /**
   * An array.
   *
   * @param length -1 where an initialiser has yet to tell
   */
  record Array(CType element, long length) implements CType {
    @Override
    public long size() {
      return length < 0 ? 0 : element.size() * length;
    }

    @Override
    public int alignment() {
      return element.alignment();
    }

    @Override
    public String text() {
      StringBuilder dimensions = new StringBuilder();
      CType at = this;
      while (at instanceof Array array) {
        dimensions.append('[').append(array.length < 0 ? "" : array.length).append(']');
        at = array.element;
      }
      return at.text() + dimensions;
    }
  }

  /** A type that has a name and no more that we know: images, samplers, events. */
  record Opaque(String name) implements CType {
    @Override
    public long size() {
      return 8;
    }

    @Override
    public int alignment() {
      return 8;
    }

    @Override
    public String text() {
      return name;
    }
  }

  /** A struct or union; known by its identity and completed when its members have been read. */
  final class Struct implements CType {
    /** A member and where it lies. */
    record Member(String name, CType type, long offset) {}

    private final String name;
    private final boolean union;
    private final Span span;
    private @Nullable List<Member> members;
    private long size;
    private int alignment = 1;

    Struct(String name, boolean union, Span span) {
      this.name = name;
      this.union = union;
      this.span = span;
    }

    /**
     * A member as it is declared.
     *
     * @param aligned the least alignment that an attribute asks for, 1 if there is none
     */
    record Declared(String name, CType type, boolean packed, int aligned) {
      int alignment() {
        return Math.max(packed ? 1 : type.alignment(), aligned);
      }
    }

    /** Lays the members out, in order, the whole aligned at least to {@code aligned}. */
    void complete(List<Declared> declared, int aligned) {
      List<Member> laid = new ArrayList<>();
      long end = 0;
      alignment = aligned;
      for (Declared member : declared) {
        int align = member.alignment();
        long offset = union ? 0 : (end + align - 1) / align * align;
        laid.add(new Member(member.name(), member.type(), offset));
        end = Math.max(end, offset + member.type().size());
        alignment = Math.max(alignment, align);
      }
      size = (end + alignment - 1) / alignment * alignment;
      members = List.copyOf(laid);
    }

    boolean isComplete() {
      return members != null;
    }

    boolean isUnion() {
      return union;
    }

    Span span() {
      return span;
    }

    List<Member> members() {
      return members == null ? List.of() : members;
    }

    /** The member of that name, also one of a struct or union without a name inside. */
    @Nullable Member member(String wanted) {
      for (Member member : members()) {
        if (member.name().equals(wanted)) {
          return member;
        }
        Member inner =
            member.name().isEmpty() && member.type() instanceof Struct nested
                ? nested.member(wanted)
                : null;
        if (inner != null) {
          return new Member(inner.name(), inner.type(), member.offset() + inner.offset());
        }
      }
      return null;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int alignment() {
      return alignment;
    }

    @Override
    public String text() {
      return (union ? "union " : "struct ") + name;
    }
  }

  default boolean isInvalid() {
    return this instanceof Invalid;
  }

  /** Whether this is a scalar that counts or measures: not a pointer, not a struct. */
  default boolean isInteger() {
    return this instanceof Scalar scalar && !scalar.isFloat();
  }

  default boolean isPointer() {
    return this instanceof Pointer;
  }

  default boolean isAggregate() {
    return this instanceof Struct || this instanceof Array;
  }

  /** The element type of a scalar or vector; null for any other. */
  default @Nullable ElementType elementOrNull() {
    return switch (this) {
      case Scalar scalar -> scalar.element();
      case Vector vector -> vector.element();
      default -> null;
    };
  }

  /** The element type of a scalar or vector, which this is. */
  default ElementType lane() {
    return Objects.requireNonNull(elementOrNull(), this::text);
  }

  /** Number of components: more than 1 for vectors only. */
  default int components() {
    return this instanceof Vector vector ? vector.width() : 1;
  }
}
