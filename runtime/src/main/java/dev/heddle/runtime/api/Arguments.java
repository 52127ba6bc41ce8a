package dev.heddle.runtime.api;

/**
 * Values for the parameters of one kernel, by name or by position. May be used for many runs and
 * changed between them. Every setter checks against the signature and throws {@link
 * dev.heddle.runtime.run.RunException} USAGE. Not for use from several threads at once.
 */
public final class Arguments {
  private Arguments() {}

  /** The position of a parameter. */
  public int position(String name) {
    throw new UnsupportedOperationException();
  }

  /** An integer for a scalar parameter, which must be able to hold it exactly. */
  public Arguments set(int position, long value) {
    throw new UnsupportedOperationException();
  }

  /** A number for a floating-point parameter, rounded to its type. */
  public Arguments set(int position, double value) {
    throw new UnsupportedOperationException();
  }

  /** The raw low bits of a scalar parameter. */
  public Arguments setBits(int position, long bits) {
    throw new UnsupportedOperationException();
  }

  /** A buffer for a pointer parameter. */
  public Arguments set(int position, Buffer buffer) {
    throw new UnsupportedOperationException();
  }

  /** A null pointer for a pointer parameter. */
  public Arguments setNull(int position) {
    throw new UnsupportedOperationException();
  }

  /** The size in bytes of a {@code __local} pointer parameter. */
  public Arguments setLocal(int position, long bytes) {
    throw new UnsupportedOperationException();
  }

  public Arguments set(String name, long value) {
    return set(position(name), value);
  }

  public Arguments set(String name, double value) {
    return set(position(name), value);
  }

  public Arguments set(String name, Buffer buffer) {
    return set(position(name), buffer);
  }

  public Arguments setBits(String name, long bits) {
    return setBits(position(name), bits);
  }

  public Arguments setNull(String name) {
    return setNull(position(name));
  }

  public Arguments setLocal(String name, long bytes) {
    return setLocal(position(name), bytes);
  }
}
