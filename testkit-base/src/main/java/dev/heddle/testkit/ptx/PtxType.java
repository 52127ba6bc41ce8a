package dev.heddle.testkit.ptx;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fundamental types of ISA section 5.2.1, and predicates. */
enum PtxType {
  PRED(Kind.PREDICATE, 1),
  B8(Kind.BITS, 8),
  B16(Kind.BITS, 16),
  B32(Kind.BITS, 32),
  B64(Kind.BITS, 64),
  U8(Kind.UNSIGNED, 8),
  U16(Kind.UNSIGNED, 16),
  U32(Kind.UNSIGNED, 32),
  U64(Kind.UNSIGNED, 64),
  S8(Kind.SIGNED, 8),
  S16(Kind.SIGNED, 16),
  S32(Kind.SIGNED, 32),
  S64(Kind.SIGNED, 64),
  F16(Kind.FLOAT, 16),
  F32(Kind.FLOAT, 32),
  F64(Kind.FLOAT, 64);

  enum Kind {
    PREDICATE,
    BITS,
    UNSIGNED,
    SIGNED,
    FLOAT
  }

  private static final Map<String, PtxType> NAMED =
      Arrays.stream(values()).collect(Collectors.toMap(PtxType::text, type -> type));

  private final Kind kind;
  private final int bits;

  PtxType(Kind kind, int bits) {
    this.kind = kind;
    this.bits = bits;
  }

  /** The type of that name, without its dot. */
  static Optional<PtxType> named(String name) {
    return Optional.ofNullable(NAMED.get(name));
  }

  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  int bits() {
    return bits;
  }

  int bytes() {
    return bits / 8;
  }

  boolean isBits() {
    return kind == Kind.BITS;
  }

  boolean isSigned() {
    return kind == Kind.SIGNED;
  }

  boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** The integer or bit type of that kind and of twice the width. */
  PtxType widened() {
    return values()[ordinal() + 1];
  }

  /** The low bits, as a register of this type holds them: the others are zero. */
  long truncate(long value) {
    return bits == 64 ? value : value & ((1L << bits) - 1);
  }

  /** The value of register content, as a number of this integer type. */
  long number(long content) {
    long low = truncate(content);
    return isSigned() ? low << (64 - bits) >> (64 - bits) : low;
  }
}
