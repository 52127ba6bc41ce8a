package dev.heddle.testkit.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.Device;
import dev.heddle.testkit.random.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Random OpenCL C on every target, bit for bit against the reference interpreter. {@code mvn test
 * -pl testkit -am -Dtest=FuzzTest -Dheddle.fuzz.first=1000 -Dheddle.fuzz.seconds=3600} looks for
 * new differences for an hour; {@code -Dheddle.fuzz.targets=scalar,ptx} leaves targets out.
 */
class FuzzTest {
  private static final long FIRST = Long.getLong("heddle.fuzz.first", 0);
  private static final long SECONDS = Long.getLong("heddle.fuzz.seconds", 25);
  private static final long KERNELS =
      Long.getLong("heddle.fuzz.kernels", SECONDS > 25 ? Long.MAX_VALUE : 120);
  private static final List<String> TARGETS =
      List.of(System.getProperty("heddle.fuzz.targets", "ptx,scalar,vector,opencl").split(","));

  private static final int LAUNCHES = Integer.getInteger("heddle.fuzz.launches", 1);

  /** Building for OpenCL takes far longer than the rest: one kernel of so many. */
  private static final int OPENCL_EVERY = Integer.getInteger("heddle.fuzz.opencl.every", 8);

  @Test
  void sameBitsEverywhere(TestReporter reporter) {
    List<Device> devices = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    List<String> findings = new ArrayList<>();
    try {
      List<FuzzTarget> targets = targets(devices);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      for (long seed = FIRST; seed - FIRST < KERNELS && System.nanoTime() < end; seed++) {
        Fuzzer.Prepared prepared = Fuzzer.prepare(seed);
        counts.merge("kernels", 1, Integer::sum);
        for (FuzzTarget target : targets) {
          if (!target.name().equals("opencl") || seed % OPENCL_EVERY == 0) {
            counts.merge(target.name(), 1, Integer::sum);
            Fuzzer.check(prepared, target).ifPresent(found -> findings.add(found.toString()));
          }
        }
        if (findings.size() > 4) {
          break;
        }
      }
    } finally {
      devices.forEach(Device::close);
    }
    reporter.publishEntry("fuzzed " + counts + ", " + findings.size() + " differences");
    assertEquals(List.of(), findings, () -> String.join("\n\n", findings));
  }

  static List<FuzzTarget> targets(List<Device> opened) {
    List<FuzzTarget> targets = new ArrayList<>();
    if (TARGETS.contains("ptx")) {
      targets.add(new FuzzTarget.Ptx(80));
    }
    String before = System.getProperty("heddle.cpu.tier");
    for (String tier : List.of("scalar", "vector")) {
      if (TARGETS.contains(tier)) {
        System.setProperty("heddle.cpu.tier", tier);
        add("cpu", tier, targets, opened);
      }
    }
    if (before == null) {
      System.clearProperty("heddle.cpu.tier");
    } else {
      System.setProperty("heddle.cpu.tier", before);
    }
    if (TARGETS.contains("opencl")) {
      add("opencl", "opencl", targets, opened);
    }
    return targets;
  }

  private static void add(
      String backend, String name, List<FuzzTarget> targets, List<Device> opened) {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      if (provider.name().equals(backend)) {
        List<Device> devices = provider.probe(new BackendProvider.ProbeOptions(1, false)).devices();
        opened.addAll(devices);
        devices.stream()
            .limit(1)
            .forEach(device -> targets.add(new FuzzTarget.OnDevice(name, device, LAUNCHES)));
      }
    }
  }

  /** A target that gets one thing wrong: where the kernel multiplies vectors. */
  private record Wrong() implements FuzzTarget {
    @Override
    public String name() {
      return "wrong";
    }

    @Override
    public FuzzCase.Outcome run(FuzzCase test) {
      FuzzCase.Outcome right = test.interpret(false);
      if (test.source().text().contains("atomic_xor")) {
        right.buffers().get(2)[0] ^= 1;
      }
      return right;
    }
  }

  @Test
  void whatDiffersIsMadeSmall() {
    for (long seed = 0; seed < 200; seed++) {
      if (RandomSource.generate(seed, true).text().contains("atomic_xor") && seed % 4 != 0) {
        Fuzzer.Finding finding = Fuzzer.check(Fuzzer.prepare(seed), new Wrong()).orElseThrow();
        int statements = finding.test().source().statements().size();
        assertTrue(statements <= 2, () -> finding.toString());
        String text = finding.test().source().text();
        assertTrue(text.lines().filter(line -> line.startsWith("  ")).count() < 8, text);
        return;
      }
    }
    throw new AssertionError("no kernel with atomic_xor");
  }
}
