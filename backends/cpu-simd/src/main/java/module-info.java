/** The CPU SIMD back end: IR to JVM and Vector API bytecode, run by worker threads. */
module dev.heddle.backend.cpu {
  requires dev.heddle.runtime;
  requires static jdk.incubator.vector;
  requires static org.jspecify;

  provides dev.heddle.runtime.spi.BackendProvider with
      dev.heddle.backend.cpu.CpuProvider;
}
