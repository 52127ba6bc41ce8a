package dev.heddle.backend.cuda;

import dev.heddle.runtime.spi.DeviceException;
import java.util.function.Supplier;

/** The driver as one device's code calls it: in its context, with failures that name the device. */
final class CudaContext {
  private final CudaDriver driver;
  private final long context;
  private final String device;

  /**
   * @param device its id and name, for messages
   */
  CudaContext(CudaDriver driver, int number, String device) {
    this.driver = driver;
    this.device = device;
    try {
      context = driver.createContext(number);
    } catch (CudaFailure e) {
      throw e.on(device);
    }
  }

  /** The driver, with the device's context current in this thread. */
  CudaDriver driver() {
    driver.use(context);
    return driver;
  }

  /**
   * Does something with the driver.
   *
   * @throws DeviceException if it fails
   */
  <T> T get(Supplier<T> work) {
    try {
      return work.get();
    } catch (CudaFailure e) {
      throw e.on(device);
    }
  }

  /** Does something with the driver that gives no result. */
  void run(Runnable work) {
    get(
        () -> {
          work.run();
          return this;
        });
  }

  void destroy() {
    driver.destroyContext(context);
  }
}
