package dev.heddle.testkit.accuracy;

import java.util.List;

/** All functions that are measured. */
final class Cases {
  private Cases() {}

  static final List<Case> UNARY =
      List.of(
          Case.unary("exp", 3, -20, 20, StrictMath::exp, x -> Elementary.exp(Twofold.of(x))),
          Case.unary(
              "exp2", 3, -20, 20, x -> StrictMath.pow(2, x), x -> Elementary.pow(2, Twofold.of(x))),
          Case.unary(
              "exp10",
              3,
              -20,
              20,
              x -> StrictMath.pow(10, x),
              x -> Elementary.exp(Twofold.LN_10.times(x))),
          Case.unary("expm1", 3, -2, 2, StrictMath::expm1, x -> Elementary.expm1(Twofold.of(x))),
          Case.unary("log", 3, 0, 4, StrictMath::log, x -> Elementary.log(Twofold.of(x))),
          Case.unary(
              "log2",
              3,
              0,
              4,
              x -> StrictMath.log(x) / StrictMath.log(2),
              x -> Elementary.log(Twofold.of(x)).over(Twofold.LN_2)),
          Case.unary(
              "log10",
              3,
              0,
              4,
              StrictMath::log10,
              x -> Elementary.log(Twofold.of(x)).over(Twofold.LN_10)),
          Case.unary("log1p", 2, -1, 2, StrictMath::log1p, x -> Elementary.log1p(Twofold.of(x))),
          Case.unary("sin", 4, -10, 10, StrictMath::sin, x -> Circular.of(x).sin()),
          Case.unary("cos", 4, -10, 10, StrictMath::cos, x -> Circular.of(x).cos()),
          Case.unary("tan", 5, -10, 10, StrictMath::tan, x -> ratio(Circular.of(x))),
          Case.unary("sinpi", 4, -4, 4, Plain::sinpi, x -> Circular.ofTurns(x).sin()),
          Case.unary("cospi", 4, -4, 4, Plain::cospi, x -> Circular.ofTurns(x).cos()),
          Case.unary("tanpi", 6, -4, 4, Plain::tanpi, x -> ratio(Circular.ofTurns(x))),
          Case.unary("asin", 4, -1, 1, StrictMath::asin, Circular::asin),
          Case.unary("acos", 4, -1, 1, StrictMath::acos, Circular::acos),
          Case.unary("atan", 5, -3, 3, StrictMath::atan, x -> Circular.atan2(x, 1)),
          Case.unary(
              "asinpi",
              5,
              -1,
              1,
              x -> StrictMath.asin(x) / Math.PI,
              x -> Circular.asin(x).over(Twofold.PI)),
          Case.unary(
              "acospi",
              5,
              -1,
              1,
              x -> StrictMath.acos(x) / Math.PI,
              x -> Circular.acos(x).over(Twofold.PI)),
          Case.unary(
              "atanpi",
              5,
              -3,
              3,
              x -> StrictMath.atan(x) / Math.PI,
              x -> Circular.atan2(x, 1).over(Twofold.PI)),
          Case.unary("sinh", 4, -3, 3, StrictMath::sinh, Elementary::sinh),
          Case.unary("cosh", 4, -3, 3, StrictMath::cosh, Elementary::cosh),
          Case.unary("tanh", 5, -3, 3, StrictMath::tanh, Elementary::tanh),
          Case.unary("asinh", 4, -3, 3, Plain::asinh, Elementary::asinh),
          Case.unary("acosh", 4, 1, 4, Plain::acosh, Elementary::acosh),
          Case.unary("atanh", 5, -1, 1, Plain::atanh, Elementary::atanh),
          Case.unary("rsqrt", 2, 0, 8, x -> 1 / Math.sqrt(x), Elementary::rsqrt),
          Case.unary("cbrt", 2, -8, 8, StrictMath::cbrt, Elementary::cbrt),
          Case.unary("sqrt", 0.5, 0, 8, Math::sqrt, Elementary::sqrt),
          Case.unary("erf", 16, -4, 4, Plain::erf, Special::erf),
          Case.unary("erfc", 16, -4, 10, Plain::erfc, Special::erfc),
          Case.unary("tgamma", 16, -40, 40, Plain::tgamma, Special::tgamma),
          Case.unary("lgamma", 16, -40, 40, Plain::lgamma, Special::lgamma).countedFrom(1));

  static final List<Case> BINARY =
      List.of(
          Case.binary("pow", 16, new Case.Domain(0, 10, -40, 40, false), Plain::pow, Cases::power),
          Case.binary(
              "powr", 16, new Case.Domain(0, 10, -40, 40, false), Plain::powr, Cases::power),
          Case.binary("pown", 16, new Case.Domain(-3, 3, -60, 60, true), Plain::pow, Cases::power),
          Case.binary(
              "rootn", 16, new Case.Domain(-100, 100, -20, 20, true), Plain::rootn, Cases::root),
          Case.binary(
              "atan2", 6, new Case.Domain(-4, 4, -4, 4, false), StrictMath::atan2, Circular::atan2),
          Case.binary(
              "atan2pi",
              6,
              new Case.Domain(-4, 4, -4, 4, false),
              (y, x) -> StrictMath.atan2(y, x) / Math.PI,
              (y, x) -> Circular.atan2(y, x).over(Twofold.PI)),
          Case.binary(
              "hypot",
              4,
              new Case.Domain(-4, 4, -4, 4, false),
              StrictMath::hypot,
              Elementary::hypot),
          Case.binary("fmod", 0, new Case.Domain(-1000, 1000, -4, 4, false), (x, y) -> x % y, null),
          Case.binary(
              "remainder",
              0,
              new Case.Domain(-1000, 1000, -4, 4, false),
              StrictMath::IEEEremainder,
              null));

  private static Twofold ratio(Circular.Wave wave) {
    return wave.sin().over(wave.cos());
  }

  private static Twofold power(double x, double y) {
    if (x == 0 || y == 0) {
      return Twofold.of(StrictMath.pow(x, y));
    }
    Twofold magnitude = Elementary.pow(Math.abs(x), Twofold.of(y));
    return x < 0 && y % 2 != 0 ? magnitude.negated() : magnitude;
  }

  private static Twofold root(double x, double n) {
    Twofold magnitude = Elementary.pow(Math.abs(x), Twofold.ONE.over(n));
    return x < 0 ? magnitude.negated() : magnitude;
  }
}
