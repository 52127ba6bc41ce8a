/** The Heddle runtime: sessions, devices, buffers, planner and executor. */
module dev.heddle.runtime {
  requires transitive dev.heddle.compiler;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;
  requires jdk.jfr;
  requires jdk.unsupported;

  exports dev.heddle.runtime.api;
  exports dev.heddle.runtime.function;
  exports dev.heddle.runtime.plan to
      dev.heddle.bench;
  exports dev.heddle.runtime.profile;
  exports dev.heddle.runtime.npy;
  exports dev.heddle.runtime.run;
  exports dev.heddle.runtime.spi;
  exports dev.heddle.runtime.support;

  uses dev.heddle.runtime.spi.BackendProvider;
}
