/** Programs on the Java API. */
module dev.heddle.examples {
  requires transitive dev.heddle.kernels;
  requires java.desktop;
  requires static org.jspecify;

  exports dev.heddle.examples;

  // lambdas that use fields of their object have them read from there
  opens dev.heddle.examples to
      dev.heddle.compiler;
}
