package dev.heddle.backend.cpu.code;

import java.util.Objects;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** Turns units into classes. */
public interface Emitter {
  /**
   * Generates and defines the class.
   *
   * @throws Refusal if this emitter can't take the unit; the message says why
   */
  Emitted emit(Unit unit) throws Refusal;

  /**
   * The class file that {@code generator} makes.
   *
   * @throws Refusal if a method has more code or locals than class files can hold, which the class
   *     file API says in words alone
   */
  static byte[] classFile(Supplier<byte[]> generator) throws Refusal {
    try {
      return generator.get();
    } catch (IllegalArgumentException e) {
      String what = String.valueOf(e.getMessage());
      if (what.startsWith("Code length") || what.startsWith("Invalid slot index")) {
        throw Refusal.tooLarge(1 << 16);
      }
      throw e;
    }
  }

  /**
   * A class that was defined.
   *
   * @param code takes the Java arrays, see {@link ArrayParameters}, and the absolute address of a
   *     frame, and runs the work-items of the call. It is a JDK interface since generated classes
   *     may live where they can't see Heddle's.
   * @param listing the bytecode, for people
   */
  record Emitted(ObjLongConsumer<Object[]> code, Listing listing) {}

  /** Why a unit can't be emitted. */
  final class Refusal extends Exception {
    private final boolean tooLarge;

    public Refusal(String message) {
      this(message, false);
    }

    private Refusal(String message, boolean tooLarge) {
      super(message, null, false, false);
      this.tooLarge = tooLarge;
    }

    @Override
    public String getMessage() {
      return Objects.requireNonNull(super.getMessage());
    }

    /** The code would be longer than the JVM compiles; the runner cuts the unit and tries again. */
    public static Refusal tooLarge(int bytes) {
      return new Refusal("method of " + bytes + " bytes", true);
    }

    public boolean tooLarge() {
      return tooLarge;
    }
  }
}
