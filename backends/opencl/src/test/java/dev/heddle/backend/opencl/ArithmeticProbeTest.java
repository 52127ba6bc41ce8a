package dev.heddle.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.runtime.support.ArithmeticProbe;
import dev.heddle.runtime.support.BinaryCache;
import dev.heddle.runtime.support.ProbeCache;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArithmeticProbeTest {
  @Test
  void thisDeviceFollowsTheRules() {
    assertEquals("", ArithmeticProbe.run(Harness.device()));
    assertEquals("", Harness.device().info().reproducible());
  }

  @Test
  void eachDeviceAndDriverIsProbedOnce(@TempDir Path folder) {
    ProbeCache cache = new ProbeCache(new BinaryCache(Optional.of(folder)));
    AtomicInteger runs = new AtomicInteger();
    assertEquals("found 1", cache.get("a device", () -> "found " + runs.incrementAndGet()));
    assertEquals("found 1", cache.get("a device", () -> "found " + runs.incrementAndGet()));
    assertEquals("found 2", cache.get("another", () -> "found " + runs.incrementAndGet()));
  }
}
