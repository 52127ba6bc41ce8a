package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.JavaCompiler;
import dev.heddle.compiler.frontend.java.JavaKernel;
import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.compiler.frontend.java.Source;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.run.RunException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A lambda as a program of one kernel, and the values that it captured, for those who run kernels
 * elsewhere than in a session of their own.
 */
public final class LiftedLambda {
  private final JavaKernel java;
  private final Object[] captures;

  private LiftedLambda(JavaKernel java, Object[] captures) {
    this.java = java;
    this.captures = captures;
  }

  /**
   * Lifts a lambda.
   *
   * @param lambda a serializable lambda, or an object of a class that implements its interface
   * @throws dev.heddle.compiler.frontend.java.LiftException if it can't become a kernel
   */
  public static LiftedLambda of(Object lambda, KernelShape shape) {
    LambdaCode code = LambdaCode.of(lambda);
    return new LiftedLambda(JavaCompiler.compile(code.method(), shape), code.captures());
  }

  /** The kernel alone. */
  public Program program() {
    return new Program(List.of(java.function()));
  }

  /** Its name. */
  public String name() {
    return java.function().name();
  }

  /**
   * What the host finds for a parameter: a boxed number, an array, a {@link
   * dev.heddle.compiler.frontend.java.DeviceArray}; empty for the parameters of the shape.
   *
   * @throws NullPointerException if it is null
   */
  public Optional<Object> value(int parameter) {
    Optional<Source> source = java.sources().get(parameter);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    Object value = source.get().read(captures);
    if (value == null) {
      String name = java.function().parameters().get(parameter).name();
      throw new NullPointerException("the array \"" + name + "\" is null");
    }
    return Optional.of(value);
  }

  /** The low bits of a boxed number, as arguments take them. */
  public static long bits(Object number) {
    return Numbers.bits(number);
  }

  /** A fault of the kernel as the exception that Java throws; anything else as it is. */
  public RuntimeException translate(RunException e, ToLongFunction<String> lengths) {
    return JavaFaults.translate(e, java, lengths);
  }
}
