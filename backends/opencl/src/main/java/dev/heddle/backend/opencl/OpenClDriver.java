package dev.heddle.backend.opencl;

import dev.heddle.runtime.spi.DeviceException;
import dev.heddle.runtime.spi.DeviceException.Kind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/** Every OpenCL call that this back end makes, typed, each checked. */
final class OpenClDriver {
  private static final int NVIDIA_ILLEGAL_ACCESS = -9999;

  private final String where;

  /**
   * @param where what messages name as the place of a failure
   */
  OpenClDriver(String where) {
    this.where = where;
  }

  private void check(int code, String call) {
    if (code != CL.CL_SUCCESS) {
      throw failure(code, call);
    }
  }

  /** The exception for a call, or a command, that ended with {@code code}. */
  DeviceException failure(int code, String call) {
    return new DeviceException(
        kind(code), call + " failed with " + CL.stringFor_errorCode(code) + " on " + where);
  }

  private static Kind kind(int code) {
    return switch (code) {
      case CL.CL_MEM_OBJECT_ALLOCATION_FAILURE,
          CL.CL_OUT_OF_RESOURCES,
          CL.CL_OUT_OF_HOST_MEMORY,
          CL.CL_INVALID_BUFFER_SIZE ->
          Kind.OUT_OF_MEMORY;
      case CL.CL_BUILD_PROGRAM_FAILURE,
          CL.CL_COMPILE_PROGRAM_FAILURE,
          CL.CL_LINK_PROGRAM_FAILURE,
          CL.CL_INVALID_BUILD_OPTIONS,
          CL.CL_INVALID_PROGRAM_EXECUTABLE ->
          Kind.COMPILE;
      case CL.CL_DEVICE_NOT_AVAILABLE, CL.CL_INVALID_COMMAND_QUEUE, NVIDIA_ILLEGAL_ACCESS ->
          Kind.LOST;
      default -> Kind.LAUNCH;
    };
  }

  List<cl_platform_id> platforms() {
    int[] count = new int[1];
    int code = CL.clGetPlatformIDs(0, null, count);
    // the loader's way of saying that no driver is installed
    if (code == -1001 || code == CL.CL_SUCCESS && count[0] == 0) {
      return List.of();
    }
    check(code, "clGetPlatformIDs");
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    check(CL.clGetPlatformIDs(platforms.length, platforms, null), "clGetPlatformIDs");
    JvmSignals.takeFromLlvm();
    return List.of(platforms);
  }

  String text(cl_platform_id platform, int what) {
    long[] size = new long[1];
    check(CL.clGetPlatformInfo(platform, what, 0, null, size), "clGetPlatformInfo");
    byte[] text = new byte[(int) size[0]];
    check(
        CL.clGetPlatformInfo(platform, what, text.length, Pointer.to(text), null),
        "clGetPlatformInfo");
    return trimmed(text);
  }

  List<cl_device_id> devices(cl_platform_id platform) {
    int[] count = new int[1];
    int code = CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, 0, null, count);
    if (code == CL.CL_DEVICE_NOT_FOUND || code == CL.CL_SUCCESS && count[0] == 0) {
      return List.of();
    }
    check(code, "clGetDeviceIDs");
    cl_device_id[] devices = new cl_device_id[count[0]];
    check(
        CL.clGetDeviceIDs(platform, CL.CL_DEVICE_TYPE_ALL, devices.length, devices, null),
        "clGetDeviceIDs");
    return List.of(devices);
  }

  byte[] bytes(cl_device_id device, int what) {
    long[] size = new long[1];
    check(CL.clGetDeviceInfo(device, what, 0, null, size), "clGetDeviceInfo");
    byte[] content = new byte[(int) size[0]];
    check(
        CL.clGetDeviceInfo(device, what, content.length, Pointer.to(content), null),
        "clGetDeviceInfo");
    return content;
  }

  String text(cl_device_id device, int what) {
    return trimmed(bytes(device, what));
  }

  /** A number of up to eight bytes. */
  long number(cl_device_id device, int what) {
    byte[] content = bytes(device, what);
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(0, content, 0, Math.min(content.length, Long.BYTES))
        .getLong(0);
  }

  private static String trimmed(byte[] text) {
    int end = text.length;
    while (end > 0 && text[end - 1] == 0) {
      end--;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8).trim();
  }

  cl_context context(cl_platform_id platform, cl_device_id device) {
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL.CL_CONTEXT_PLATFORM, platform);
    int[] code = new int[1];
    cl_context context =
        CL.clCreateContext(properties, 1, new cl_device_id[] {device}, null, null, code);
    check(code[0], "clCreateContext");
    return context;
  }

  void release(cl_context context) {
    check(CL.clReleaseContext(context), "clReleaseContext");
  }

  /** A queue that runs its commands in order and measures their times. */
  @SuppressWarnings("deprecation") // its successor is missing before OpenCL 2.0
  cl_command_queue queue(cl_context context, cl_device_id device) {
    int[] code = new int[1];
    cl_command_queue queue =
        CL.clCreateCommandQueue(context, device, CL.CL_QUEUE_PROFILING_ENABLE, code);
    check(code[0], "clCreateCommandQueue");
    return queue;
  }

  void release(cl_command_queue queue) {
    check(CL.clReleaseCommandQueue(queue), "clReleaseCommandQueue");
  }

  cl_mem buffer(cl_context context, long bytes) {
    int[] code = new int[1];
    cl_mem memory = CL.clCreateBuffer(context, CL.CL_MEM_READ_WRITE, bytes, null, code);
    check(code[0], "clCreateBuffer of " + bytes + " bytes");
    return memory;
  }

  /** A buffer over the host's own memory. */
  cl_mem buffer(cl_context context, long bytes, Pointer host) {
    int[] code = new int[1];
    long flags = CL.CL_MEM_READ_WRITE | CL.CL_MEM_USE_HOST_PTR;
    cl_mem memory = CL.clCreateBuffer(context, flags, bytes, host, code);
    check(code[0], "clCreateBuffer over " + bytes + " bytes of host memory");
    return memory;
  }

  /** A buffer in memory from which the device copies fast. */
  cl_mem pinned(cl_context context, long bytes) {
    int[] code = new int[1];
    long flags = CL.CL_MEM_READ_WRITE | CL.CL_MEM_ALLOC_HOST_PTR;
    cl_mem memory = CL.clCreateBuffer(context, flags, bytes, null, code);
    check(code[0], "clCreateBuffer of " + bytes + " pinned bytes");
    return memory;
  }

  void release(cl_mem memory) {
    check(CL.clReleaseMemObject(memory), "clReleaseMemObject");
  }

  cl_program program(cl_context context, String source) {
    int[] code = new int[1];
    cl_program program =
        CL.clCreateProgramWithSource(context, 1, new String[] {source}, null, code);
    check(code[0], "clCreateProgramWithSource");
    return program;
  }

  cl_program program(cl_context context, cl_device_id device, byte[] binary) {
    int[] code = new int[1];
    cl_program program =
        CL.clCreateProgramWithBinary(
            context,
            1,
            new cl_device_id[] {device},
            new long[] {binary.length},
            new byte[][] {binary},
            new int[1],
            code);
    check(code[0], "clCreateProgramWithBinary");
    return program;
  }

  /**
   * @throws DeviceException with the compiler's words if it refuses the program
   */
  void build(cl_program program, cl_device_id device, String options) {
    int code = CL.clBuildProgram(program, 1, new cl_device_id[] {device}, options, null, null);
    JvmSignals.restore();
    if (code == CL.CL_BUILD_PROGRAM_FAILURE) {
      throw new DeviceException(
          Kind.COMPILE,
          "the OpenCL compiler of " + where + " refused the kernel:\n" + log(program, device));
    }
    check(code, "clBuildProgram");
  }

  private String log(cl_program program, cl_device_id device) {
    long[] size = new long[1];
    int what = CL.CL_PROGRAM_BUILD_LOG;
    check(CL.clGetProgramBuildInfo(program, device, what, 0, null, size), "clGetProgramBuildInfo");
    byte[] text = new byte[(int) size[0]];
    check(
        CL.clGetProgramBuildInfo(program, device, what, text.length, Pointer.to(text), null),
        "clGetProgramBuildInfo");
    return trimmed(text);
  }

  byte[] binary(cl_program program) {
    long[] size = new long[1];
    check(
        CL.clGetProgramInfo(
            program, CL.CL_PROGRAM_BINARY_SIZES, Sizeof.size_t, Pointer.to(size), null),
        "clGetProgramInfo");
    byte[] binary = new byte[(int) size[0]];
    check(
        CL.clGetProgramInfo(
            program, CL.CL_PROGRAM_BINARIES, Sizeof.POINTER, Pointer.to(Pointer.to(binary)), null),
        "clGetProgramInfo");
    return binary;
  }

  void release(cl_program program) {
    check(CL.clReleaseProgram(program), "clReleaseProgram");
  }

  cl_kernel kernel(cl_program program, String name) {
    int[] code = new int[1];
    cl_kernel kernel = CL.clCreateKernel(program, name, code);
    check(code[0], "clCreateKernel");
    return kernel;
  }

  void release(cl_kernel kernel) {
    check(CL.clReleaseKernel(kernel), "clReleaseKernel");
  }

  /** Most work-items in a group of this kernel. */
  long maxGroup(cl_kernel kernel, cl_device_id device) {
    long[] size = new long[1];
    check(
        CL.clGetKernelWorkGroupInfo(
            kernel, device, CL.CL_KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(size), null),
        "clGetKernelWorkGroupInfo");
    return size[0];
  }

  /** Passes the low {@code bytes} bytes of a number. */
  void argument(cl_kernel kernel, int index, int bytes, long bits) {
    check(CL.clSetKernelArg(kernel, index, bytes, Pointer.to(new long[] {bits})), "clSetKernelArg");
  }

  void argument(cl_kernel kernel, int index, cl_mem memory) {
    check(CL.clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(memory)), "clSetKernelArg");
  }

  void localArgument(cl_kernel kernel, int index, long bytes) {
    check(CL.clSetKernelArg(kernel, index, bytes, null), "clSetKernelArg");
  }

  cl_event run(
      cl_command_queue queue,
      cl_kernel kernel,
      int dimensions,
      long[] global,
      long[] local,
      List<cl_event> after) {
    cl_event event = new cl_event();
    check(
        CL.clEnqueueNDRangeKernel(
            queue, kernel, dimensions, null, global, local, after.size(), array(after), event),
        "clEnqueueNDRangeKernel");
    return event;
  }

  cl_event write(
      cl_command_queue queue,
      cl_mem to,
      long offset,
      long bytes,
      Pointer from,
      List<cl_event> after) {
    cl_event event = new cl_event();
    check(
        CL.clEnqueueWriteBuffer(
            queue, to, false, offset, bytes, from, after.size(), array(after), event),
        "clEnqueueWriteBuffer");
    return event;
  }

  cl_event read(
      cl_command_queue queue,
      cl_mem from,
      long offset,
      long bytes,
      Pointer to,
      List<cl_event> after) {
    cl_event event = new cl_event();
    check(
        CL.clEnqueueReadBuffer(
            queue, from, false, offset, bytes, to, after.size(), array(after), event),
        "clEnqueueReadBuffer");
    return event;
  }

  void readNow(cl_command_queue queue, cl_mem from, byte[] to) {
    check(
        CL.clEnqueueReadBuffer(queue, from, true, 0, to.length, Pointer.to(to), 0, null, null),
        "clEnqueueReadBuffer");
  }

  /** Fills bytes with a four-byte pattern. */
  cl_event fill(cl_command_queue queue, cl_mem memory, int pattern, long offset, long bytes) {
    cl_event event = new cl_event();
    check(
        CL.clEnqueueFillBuffer(
            queue,
            memory,
            Pointer.to(new int[] {pattern}),
            Integer.BYTES,
            offset,
            bytes,
            0,
            null,
            event),
        "clEnqueueFillBuffer");
    return event;
  }

  /** Where the host may see a buffer once {@code done} has ended. */
  ByteBuffer map(cl_command_queue queue, cl_mem memory, long bytes, cl_event done) {
    int[] code = new int[1];
    long access = CL.CL_MAP_READ | CL.CL_MAP_WRITE;
    ByteBuffer view =
        CL.clEnqueueMapBuffer(queue, memory, false, access, 0, bytes, 0, null, done, code);
    check(code[0], "clEnqueueMapBuffer");
    return view;
  }

  void unmap(cl_command_queue queue, cl_mem memory, ByteBuffer view) {
    check(
        CL.clEnqueueUnmapMemObject(queue, memory, view, 0, null, null), "clEnqueueUnmapMemObject");
  }

  /** Has all that is put into a queue from now on wait for something in another queue. */
  void follow(cl_command_queue queue, cl_event event) {
    check(
        CL.clEnqueueBarrierWithWaitList(queue, 1, new cl_event[] {event}, null),
        "clEnqueueBarrierWithWaitList");
  }

  void flush(cl_command_queue queue) {
    check(CL.clFlush(queue), "clFlush");
  }

  /** Waits until the commands have ended, well or not. */
  void await(List<cl_event> events) {
    int code = CL.clWaitForEvents(events.size(), array(events));
    if (code != CL.CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST) {
      check(code, "clWaitForEvents");
    }
  }

  /** {@code CL_COMPLETE}, or more if it has not ended, or less if it failed. */
  int status(cl_event event) {
    int[] status = new int[1];
    check(
        CL.clGetEventInfo(
            event, CL.CL_EVENT_COMMAND_EXECUTION_STATUS, Sizeof.cl_int, Pointer.to(status), null),
        "clGetEventInfo");
    return status[0];
  }

  /** A time of a finished command, on the device's clock. */
  long nanos(cl_event event, int what) {
    long[] time = new long[1];
    check(
        CL.clGetEventProfilingInfo(event, what, Sizeof.cl_ulong, Pointer.to(time), null),
        "clGetEventProfilingInfo");
    return time[0];
  }

  void release(cl_event event) {
    check(CL.clReleaseEvent(event), "clReleaseEvent");
  }

  private static cl_event @Nullable [] array(List<cl_event> events) {
    return events.isEmpty() ? null : events.toArray(new cl_event[0]);
  }
}
