package dev.heddle.backend.opencl;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM's signal handlers in place. The JVM lives by them: a thread that is to stop for the
 * garbage collector runs into a protected page. LLVM, which drivers for processors compile with,
 * takes the same signals over when it first compiles, by handlers that are in force once: where two
 * threads ran into such a page at the same moment, the second one found none, and the process
 * ended.
 *
 * <p>LLVM registers its handlers once only. So it is made to do that as soon as it is loaded, and
 * what the JVM had is put back. A driver that hides its LLVM is looked after when it has compiled.
 * What remains are moments; {@code LD_PRELOAD=libjsig.so} (part of the JDK) leaves none.
 */
final class JvmSignals {
  private record Saved(int signal, MemorySegment action) {}

  /** SIGILL, SIGTRAP, SIGBUS, SIGFPE and SIGSEGV on Linux. */
  private static final int[] SIGNALS = {4, 5, 7, 8, 11};

  /** More than C libraries have in {@code struct sigaction}, which begins with the handler. */
  private static final long ACTION_BYTES = 512;

  private static final List<Saved> SAVED = new ArrayList<>();
  private static final @Nullable MethodHandle SIGACTION = sigaction();

  private JvmSignals() {}

  private static @Nullable MethodHandle sigaction() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    return Linker.nativeLinker()
        .defaultLookup()
        .find("sigaction")
        .map(
            address ->
                Linker.nativeLinker()
                    .downcallHandle(
                        address,
                        FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.ADDRESS,
                            ValueLayout.ADDRESS)))
        .orElse(null);
  }

  /** Remembers the JVM's handlers; to be called before a driver is loaded. */
  static synchronized void remember() {
    if (SIGACTION == null || !SAVED.isEmpty()) {
      return;
    }
    for (int signal : SIGNALS) {
      MemorySegment action = Arena.global().allocate(ACTION_BYTES, 16);
      if (sigaction(signal, MemorySegment.NULL, action)) {
        SAVED.add(new Saved(signal, action));
      }
    }
  }

  /** Has LLVM register its handlers now, where it can be found, and puts the JVM's back. */
  static synchronized void takeFromLlvm() {
    if (SAVED.isEmpty()) {
      return;
    }
    for (Path library : llvm()) {
      SymbolLookup.libraryLookup(library, Arena.global())
          .find("LLVMEnablePrettyStackTrace")
          .ifPresent(JvmSignals::call);
    }
    restore();
  }

  /** The LLVM libraries that are loaded. */
  private static List<Path> llvm() {
    try (var lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines
          .filter(line -> line.contains("/libLLVM"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .filter(Files::exists)
          .distinct()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void call(MemorySegment function) {
    try {
      Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.ofVoid()).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts handlers back that a driver has replaced. */
  static synchronized void restore() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(ACTION_BYTES, 16);
      for (Saved saved : SAVED) {
        if (sigaction(saved.signal(), MemorySegment.NULL, now) && !same(now, saved.action())) {
          sigaction(saved.signal(), saved.action(), MemorySegment.NULL);
        }
      }
    }
  }

  private static boolean same(MemorySegment one, MemorySegment other) {
    return one.get(ValueLayout.JAVA_LONG, 0) == other.get(ValueLayout.JAVA_LONG, 0);
  }

  /** Whether the JVM's handlers are in place; for tests. */
  static synchronized boolean inPlace() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(ACTION_BYTES, 16);
      return SAVED.stream()
          .allMatch(
              saved ->
                  sigaction(saved.signal(), MemorySegment.NULL, now) && same(now, saved.action()));
    }
  }

  private static boolean sigaction(int signal, MemorySegment action, MemorySegment before) {
    MethodHandle call = SIGACTION;
    if (call == null) {
      return false;
    }
    try {
      return (int) call.invokeExact(signal, action, before) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
