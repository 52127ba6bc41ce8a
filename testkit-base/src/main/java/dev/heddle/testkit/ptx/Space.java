package dev.heddle.testkit.ptx;

import java.util.Optional;

/** State spaces (ISA section 5.1) that memory instructions reach. */
enum Space {
  /** No space named: the address lies in the window of one of the others (ISA 6.4.1.1). */
  GENERIC,
  GLOBAL,
  SHARED,
  LOCAL,
  CONST,
  PARAM;

  static Optional<Space> named(String modifier) {
    return switch (modifier) {
      case "global" -> Optional.of(GLOBAL);
      case "shared", "shared::cta" -> Optional.of(SHARED);
      case "local" -> Optional.of(LOCAL);
      case "const" -> Optional.of(CONST);
      case "param", "param::entry" -> Optional.of(PARAM);
      default -> Optional.empty();
    };
  }

  /**
   * Where the space begins among generic addresses; chosen far from what an offset could be taken
   * for.
   */
  long window() {
    return switch (this) {
      case GENERIC, GLOBAL -> 0;
      case SHARED -> 0x0100_0000_0000L;
      case LOCAL -> 0x0200_0000_0000L;
      case CONST -> 0x0300_0000_0000L;
      case PARAM -> 0x0400_0000_0000L;
    };
  }

  /** Bytes of a window. */
  static final long WINDOW_BYTES = 0x0100_0000_0000L;
}
