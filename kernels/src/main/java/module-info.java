/** The standard kernel library and its Java facade. */
module dev.heddle.kernels {
  requires transitive dev.heddle.runtime;
  requires static org.jspecify;

  exports dev.heddle.kernels;
}
