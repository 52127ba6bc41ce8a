/** The OpenCL back end: IR to OpenCL C, on JOCL. */
module dev.heddle.backend.opencl {
  requires dev.heddle.runtime;
  requires java.logging;
  requires jocl;
  requires static org.jspecify;

  provides dev.heddle.runtime.spi.BackendProvider with
      dev.heddle.backend.opencl.OpenClProvider;
}
