/** The CPU SIMD back end: IR to Vector API bytecode, run by worker threads. */
module dev.heddle.backend.cpu {
  requires dev.heddle.runtime;
  requires static jdk.incubator.vector;
  requires static org.jspecify;
}
