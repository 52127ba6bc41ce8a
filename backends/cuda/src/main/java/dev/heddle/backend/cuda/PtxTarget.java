package dev.heddle.backend.cuda;

/**
 * The processor that PTX is printed for.
 *
 * @param capability compute capability, major times ten plus minor: 75 is 7.5
 */
record PtxTarget(int capability) {
  /** The least that the printed code needs: per-thread barriers and fences came with 7.0. */
  static final int LEAST = 75;

  /** What listings are printed for. */
  static final PtxTarget LISTING = new PtxTarget(LEAST);

  private static final int NEWEST_KNOWN = 90;

  PtxTarget {
    if (capability < LEAST) {
      throw new IllegalArgumentException("compute capability " + capability);
    }
  }

  /** For a device; one newer than those known takes the code of the newest known. */
  static PtxTarget of(int capability) {
    return new PtxTarget(Math.min(capability, NEWEST_KNOWN));
  }

  String text() {
    return "sm_" + capability;
  }

  /** The lowest PTX ISA version that knows the target, times ten: "Release notes" in its text. */
  int version() {
    if (capability < 80) {
      return 63;
    }
    return switch (capability) {
      case 80 -> 70;
      case 86 -> 71;
      case 87 -> 74;
      default -> 78;
    };
  }

  String versionText() {
    return version() / 10 + "." + version() % 10;
  }

  /**
   * The newest PTX ISA version that a driver takes, times ten.
   *
   * @param driver as {@code cuDriverGetVersion} gives it: 12060 is CUDA 12.6
   */
  static int newestVersion(int driver) {
    int major = driver / 1000;
    int minor = driver % 1000 / 10;
    return switch (major) {
      // 10.0 brought PTX 6.3, 11.0 brought 7.0, 12.0 brought 8.0; a minor release adds one
      case 10 -> 63 + minor;
      case 11 -> 70 + minor;
      case 12 -> 80 + minor;
      default -> major > 12 ? 90 : 0;
    };
  }
}
