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
   * @param postponed whether something was left out that a probe with time enough would find or
   *     admit, and would remember for later ones
   */
  record Probe(List<Device> devices, List<String> notes, boolean postponed) {
    public Probe {
      devices = List.copyOf(devices);
      notes = List.copyOf(notes);
    }

    /** With nothing postponed. */
    public Probe(List<Device> devices, List<String> notes) {
      this(devices, notes, false);
    }
  }

  /**
   * How to open devices.
   *
   * @param cpuThreads worker threads of the CPU SIMD device; 0: as many as the process may use
   * @param hurried whether to leave out, with a note, what takes long to admit and was not admitted
   *     before
   */
  record ProbeOptions(int cpuThreads, boolean hurried) {
    public static final ProbeOptions DEFAULT = new ProbeOptions(0, false);
  }
}
