package dev.heddle.backend.cpu.vector;

/**
 * How a value differs between the active lanes of a vector.
 *
 * @param stride of a linear value: what it grows by from lane to lane, modulo its width; else 0
 */
record Shape(Kind kind, long stride) {
  /** In the order of what it costs. */
  enum Kind {
    /** The same for all: one scalar. */
    UNIFORM,
    /** Lane 0's value plus lane times a constant: a scalar too. */
    LINEAR,
    /** One value per lane: a vector. */
    VARYING
  }

  static final Shape UNIFORM = new Shape(Kind.UNIFORM, 0);
  static final Shape VARYING = new Shape(Kind.VARYING, 0);

  /** Linear; uniform for stride 0. */
  static Shape linear(long stride) {
    return stride == 0 ? UNIFORM : new Shape(Kind.LINEAR, stride);
  }

  boolean uniform() {
    return kind == Kind.UNIFORM;
  }

  boolean isLinear() {
    return kind == Kind.LINEAR;
  }

  boolean varying() {
    return kind == Kind.VARYING;
  }

  /** What holds for a value that has either shape. */
  Shape join(Shape other) {
    return equals(other) ? this : VARYING;
  }
}
