package dev.heddle.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.backend.cuda.CudaDriver.HostMemory;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fake keeps to the rules that {@link CudaDriver} states. */
class FakeDriverTest {
  private static final String ADD_ONE =
      """
      .version 6.3
      .target sm_75
      .address_size 64
      .visible .entry add(.param .u64 p) {
      .reg .b64 %p;
      .reg .b32 %r;
      ld.param.u64 %p, [p];
      ld.global.u32 %r, [%p];
      add.u32 %r, %r, 1;
      st.global.u32 [%p], %r;
      }
      """;
  private static final int[] ONE = {1, 1, 1};

  private final FakeGpu gpu = FakeGpu.small();
  private final FakeDriver driver = new FakeDriver(1, gpu);
  private final long context = driver.createContext(0);
  private final long kernel;
  private final long stream;

  FakeDriverTest() {
    driver.use(context);
    kernel = driver.kernel(driver.load(driver.compile(ADD_ONE)), "add");
    stream = driver.createStream();
  }

  private void add(long address) {
    driver.launch(kernel, ONE, ONE, 0, stream, new long[] {address});
  }

  private long mark(long onStream) {
    long event = driver.createEvent();
    driver.record(event, onStream);
    return event;
  }

  @Test
  void aStreamKeepsItsOrder() {
    HostMemory host = driver.allocateHost(4);
    host.content().set(ValueLayout.JAVA_INT, 0, 41);
    long memory = driver.allocate(4);
    driver.copyIn(host.content(), memory, stream);
    long start = mark(stream);
    add(memory);
    long end = mark(stream);
    driver.copyOut(memory, host.content(), stream);
    driver.await(mark(stream));
    assertEquals(42, host.content().get(ValueLayout.JAVA_INT, 0));
    assertTrue(driver.elapsedNanos(start, end) > 0);
    driver.freeHost(host);
    driver.free(memory);
    assertEquals(List.of(), driver.violations());
  }

  @Test
  void nothingIsDoneBeforeItMustBe() {
    HostMemory host = driver.allocateHost(4);
    long memory = driver.allocate(4);
    driver.copyIn(host.content(), memory, stream);
    // too early: the copy has not read it yet
    host.content().set(ValueLayout.JAVA_INT, 0, 7);
    driver.copyOut(memory, host.content(), stream);
    driver.await(mark(stream));
    assertEquals(7, host.content().get(ValueLayout.JAVA_INT, 0));
  }

  @Test
  void streamsAreOrderedByEventsAlone() {
    HostMemory host = driver.allocateHost(4);
    long memory = driver.allocate(4);
    long other = driver.createStream();
    driver.copyIn(host.content(), memory, stream);
    long copied = mark(stream);
    driver.waitFor(other, copied);
    driver.launch(kernel, ONE, ONE, 0, other, new long[] {memory});
    long done = mark(other);
    while (!driver.done(done)) {
      Thread.onSpinWait();
    }
    assertTrue(driver.done(copied));
    driver.copyOut(memory, host.content(), stream);
    driver.await(mark(stream));
    assertEquals(1, host.content().get(ValueLayout.JAVA_INT, 0));
  }

  @Test
  void kernelsSeeHostMemory() {
    HostMemory host = driver.allocateHost(8);
    add(host.address());
    driver.await(mark(stream));
    assertEquals(1, host.content().get(ValueLayout.JAVA_INT, 0));
  }

  @Test
  void aFailedKernelTakesItsContextAlong() {
    gpu.failing(1, FakeGpu.Fault.ILLEGAL_ADDRESS);
    long memory = driver.allocate(4);
    add(memory);
    long event = driver.createEvent();
    driver.record(event, stream);
    CudaFailure failure = assertThrows(CudaFailure.class, () -> driver.await(event));
    assertEquals(CudaFailure.ILLEGAL_ADDRESS, failure.code());
    assertTrue(failure.sticky());
    assertThrows(CudaFailure.class, () -> driver.allocate(4));
    driver.destroyContext(context);
    driver.use(driver.createContext(0));
    driver.allocate(4);
  }

  @Test
  void aWildKernelIsSeen() {
    add(0);
    long event = mark(stream);
    CudaFailure failure = assertThrows(CudaFailure.class, () -> driver.await(event));
    assertEquals(CudaFailure.ILLEGAL_ADDRESS, failure.code());
    assertFalse(driver.violations().isEmpty());
  }

  @Test
  void refusals() {
    assertEquals(
        CudaFailure.OUT_OF_MEMORY,
        assertThrows(CudaFailure.class, () -> driver.allocate(65 << 20)).code());
    gpu.refusing(1);
    assertThrows(CudaFailure.class, () -> driver.allocate(4));
    driver.allocate(4);
    gpu.failing(1, FakeGpu.Fault.OUT_OF_RESOURCES);
    CudaFailure refused = assertThrows(CudaFailure.class, () -> add(driver.allocate(4)));
    assertFalse(refused.sticky());
    CudaFailure wrong =
        assertThrows(CudaFailure.class, () -> driver.compile(ADD_ONE.replace("add.u32", "frob")));
    assertEquals(CudaFailure.INVALID_PTX, wrong.code());
    assertTrue(wrong.getMessage().contains("line 9"), wrong.getMessage());
    assertThrows(CudaFailure.class, () -> driver.free(12));
    assertEquals(1, driver.violations().size());
  }

  @Test
  void aHungKernelHoldsItsStreamAlone() {
    gpu.failing(1, FakeGpu.Fault.HANG);
    add(driver.allocate(4));
    long never = mark(stream);
    long other = driver.createStream();
    long fine = mark(other);
    driver.await(fine);
    assertFalse(driver.done(never));
    assertFalse(driver.done(never));
  }
}
