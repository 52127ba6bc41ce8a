/** The OpenCL back end: IR to OpenCL C, on JOCL. */
module dev.heddle.backend.opencl {
  requires dev.heddle.runtime;
  requires jocl;
  requires static org.jspecify;
}
