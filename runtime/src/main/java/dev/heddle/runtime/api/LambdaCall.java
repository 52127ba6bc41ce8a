package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.java.KernelShape;
import dev.heddle.runtime.function.GroupBody;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.function.RangeBody2D;
import dev.heddle.runtime.function.RangeBody3D;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;

/**
 * A lambda and what to run it over.
 *
 * @param arrays those of the shape, its output last
 * @param plain the same in plain Java
 */
record LambdaCall(
    Object lambda, KernelShape shape, NDRange range, Object[] arrays, Runnable plain) {
  private static final Object[] NONE = {};

  static LambdaCall of(int n, RangeBody body) {
    return new LambdaCall(
        body,
        new KernelShape.ForEach(1, false),
        NDRange.of(n),
        NONE,
        () -> {
          for (int i = 0; i < n; i++) {
            body.at(i);
          }
        });
  }

  static LambdaCall of(int width, int height, RangeBody2D body) {
    return new LambdaCall(
        body,
        new KernelShape.ForEach(2, false),
        NDRange.of(width, height),
        NONE,
        () -> {
          for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
              body.at(x, y);
            }
          }
        });
  }

  static LambdaCall of(int width, int height, int depth, RangeBody3D body) {
    return new LambdaCall(
        body,
        new KernelShape.ForEach(3, false),
        NDRange.of(width, height, depth),
        NONE,
        () -> {
          for (int z = 0; z < depth; z++) {
            for (int y = 0; y < height; y++) {
              for (int x = 0; x < width; x++) {
                body.at(x, y, z);
              }
            }
          }
        });
  }

  static LambdaCall of(NDRange range, GroupBody body) {
    for (long size : range.global()) {
      if (size > Integer.MAX_VALUE) {
        throw RunException.usage("a range of work-items has up to 2^31 - 1 along each dimension");
      }
    }
    return new LambdaCall(
        body,
        new KernelShape.WorkItems(),
        range,
        NONE,
        () -> {
          throw RunException.usage("code with work-groups can't run in plain Java");
        });
  }
}
