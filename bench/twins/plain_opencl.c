// Runs an OpenCL C kernel by plain API calls, on the first device of the first platform: what a C
// programmer without Heddle would do. As a library for the bench, and as a program of its own
// (-DPROGRAM), whose cold start is compared.
#define CL_TARGET_OPENCL_VERSION 120
#include <CL/cl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static cl_context context;
static cl_command_queue queue;
static cl_device_id device;

static int opened(void) {
  if (context) {
    return 1;
  }
  cl_platform_id platform;
  cl_int status;
  if (clGetPlatformIDs(1, &platform, NULL) || clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &device, NULL)) {
    return 0;
  }
  context = clCreateContext(NULL, 1, &device, NULL, NULL, &status);
  queue = clCreateCommandQueue(context, device, 0, &status);
  return status == CL_SUCCESS;
}

// A kernel of a source text, or null; the build log goes to stderr.
void *plain_kernel(const char *source, const char *options, const char *name) {
  cl_int status;
  if (!opened()) {
    return NULL;
  }
  cl_program program = clCreateProgramWithSource(context, 1, &source, NULL, &status);
  if (clBuildProgram(program, 1, &device, options, NULL, NULL)) {
    char log[4096];
    clGetProgramBuildInfo(program, device, CL_PROGRAM_BUILD_LOG, sizeof log, log, NULL);
    fprintf(stderr, "%s\n", log);
    return NULL;
  }
  return clCreateKernel(program, name, &status);
}

// A buffer over host memory.
void *plain_buffer(void *memory, size_t bytes) {
  cl_int status;
  return clCreateBuffer(context, CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR, bytes, memory, &status);
}

int plain_set_buffer(void *kernel, int at, void *buffer) {
  cl_mem memory = buffer;
  return clSetKernelArg(kernel, (cl_uint)at, sizeof memory, &memory);
}

int plain_set_scalar(void *kernel, int at, size_t bytes, const void *value) {
  return clSetKernelArg(kernel, (cl_uint)at, bytes, value);
}

// Runs the kernel and waits; a local size of 0 leaves the choice to the driver.
int plain_run(void *kernel, int dimensions, size_t x, size_t y, size_t local_x, size_t local_y) {
  size_t global[2] = {x, y};
  size_t local[2] = {local_x, local_y};
  int status = clEnqueueNDRangeKernel(queue, kernel, (cl_uint)dimensions, NULL, global,
                                      local_x ? local : NULL, 0, NULL, NULL);
  return status ? status : clFinish(queue);
}

#ifdef PROGRAM
// Black-Scholes on n options, from the kernel file named, to its first result.
int main(int argc, char **argv) {
  int n = 1 << 16;
  FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;
  if (!file) {
    fprintf(stderr, "usage: %s black_scholes.cl\n", argv[0]);
    return 2;
  }
  static char source[1 << 16];
  source[fread(source, 1, sizeof source - 1, file)] = 0;
  void *kernel = plain_kernel(source, "", "black_scholes");
  if (!kernel) {
    return 1;
  }
  float rate = 0.02f, volatility = 0.3f;
  float *memory[5];
  plain_set_scalar(kernel, 0, sizeof n, &n);
  plain_set_scalar(kernel, 1, sizeof rate, &rate);
  plain_set_scalar(kernel, 2, sizeof volatility, &volatility);
  for (int b = 0; b < 5; b++) {
    memory[b] = aligned_alloc(64, sizeof(float) * (size_t)n);
    for (int i = 0; i < n; i++) {
      memory[b][i] = 1.0f + (float)(i % 97);
    }
    plain_set_buffer(kernel, 3 + b, plain_buffer(memory[b], sizeof(float) * (size_t)n));
  }
  if (plain_run(kernel, 1, (size_t)n, 1, 0, 0)) {
    return 1;
  }
  printf("%g\n", memory[3][n / 2]);
  return 0;
}
#endif
