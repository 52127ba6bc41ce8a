package dev.heddle.runtime.spi;

import dev.heddle.compiler.ir.Function;
import java.util.List;

/** Finds the devices of one back end. Implementations are found through {@code ServiceLoader}. */
public interface BackendProvider {
  /** The back end's name, the first part of its device ids: {@code cpu}, {@code opencl}, ... */
  String name();

  /** The name of the code that it generates: {@code jvm}, {@code opencl}, {@code ptx}. */
  String target();

  /**
   * The code that it generates for a kernel prepared as for {@link Device#compile}, for people;
   * needs no device.
   */
  String listing(Function kernel, CompileOptions options);

  /** Looks for devices. Never throws for a missing driver: it says so in the notes. */
  Probe probe(ProbeOptions options);

  /**
   * What was found.
   *
   * @param devices usable devices, in a stable order
   * @param notes what was left out and why, and what would mend it; one sentence each
   */
  record Probe(List<Device> devices, List<String> notes) {
    public Probe {
      devices = List.copyOf(devices);
      notes = List.copyOf(notes);
    }
  }

  /**
   * How to open devices.
   *
   * @param cpuThreads worker threads of the CPU SIMD device; 0: as many as the process may use
   */
  record ProbeOptions(int cpuThreads) {
    public static final ProbeOptions DEFAULT = new ProbeOptions(0);
  }
}
