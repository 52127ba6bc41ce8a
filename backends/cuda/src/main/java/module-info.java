/** The CUDA back end: IR to PTX, on the NVIDIA driver through JCuda. */
module dev.heddle.backend.cuda {
  requires dev.heddle.runtime;
  requires jcuda;
  requires static org.jspecify;

  provides dev.heddle.runtime.spi.BackendProvider with
      dev.heddle.backend.cuda.CudaProvider;
}
