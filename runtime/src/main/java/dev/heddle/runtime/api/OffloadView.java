package dev.heddle.runtime.api;

/** A session's lambdas with options of their own. */
final class OffloadView extends Offload {
  private final Lambdas lambdas;
  private final LambdaOptions options;

  OffloadView(Lambdas lambdas, LambdaOptions options) {
    this.lambdas = lambdas;
    this.options = options;
  }

  @Override
  Lambdas lambdas() {
    return lambdas;
  }

  @Override
  LambdaOptions lambdaOptions() {
    return options;
  }
}
