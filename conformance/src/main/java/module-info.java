/** The cases that every device must give the reference's bits for. */
module dev.heddle.conformance {
  requires transitive dev.heddle.runtime;
  requires static org.jspecify;

  exports dev.heddle.conformance;
}
