package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not closed, what is kept in files, and what the flight recorder sees. */
class ForgottenTest {
  private static final SessionOptions OPTIONS =
      SessionOptions.DEFAULT.forgetful().on(DeviceSelector.parse("cpu"));

  @TempDir Path folder;

  private static void await(BooleanSupplier happened) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!happened.getAsBoolean() && System.nanoTime() < end) {
      System.gc();
      Thread.onSpinWait();
    }
    assertTrue(happened.getAsBoolean());
  }

  private static boolean hasWorkers() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("heddle-cpu-compile"));
  }

  @Test
  void aForgottenSessionIsClosed() {
    WeakReference<Session> session = forget();
    await(() -> session.get() == null && !hasWorkers());
  }

  private static WeakReference<Session> forget() {
    Session session = Session.open(OPTIONS);
    float[] x = new float[1000];
    session.parallelFor(1000, i -> x[i] = i);
    assertEquals(999, x[999]);
    assertTrue(hasWorkers());
    return new WeakReference<>(session);
  }

  @Test
  void aForgottenArrayIsClosedUnlessItsMemoryWasHandedOut() {
    try (Session session = Session.open(OPTIONS)) {
      MemorySegment out = handOut(session);
      WeakReference<FloatArray> array = new WeakReference<>(session.floats(new float[100]));
      await(() -> array.get() == null);
      assertEquals(3, out.getAtIndex(ValueLayout.JAVA_FLOAT, 2));
    }
  }

  private static MemorySegment handOut(Session session) {
    FloatArray array = session.floats(new float[] {1, 2, 3});
    return array.read();
  }

  @Test
  void arraysComeFromNpyFilesAndSegments() {
    try (Session session = Session.open(OPTIONS)) {
      Path file = folder.resolve("x.npy");
      session.floats(new float[] {1, 2, 3}).save(file);
      assertEquals(2, session.floats(file).toArray()[1]);
      FloatArray array = session.floats(2);
      array.copyFrom(MemorySegment.ofArray(new float[] {7, 8}));
      float[] back = new float[2];
      array.copyTo(MemorySegment.ofArray(back));
      assertEquals(8, back[1]);
      Exception e =
          org.junit.jupiter.api.Assertions.assertThrows(
              dev.heddle.runtime.run.RunException.class, () -> session.ints(file));
      assertTrue(e.getMessage().contains("elements of type float, not int"), e.getMessage());
    }
  }

  @Test
  void theFlightRecorderSeesRuns() throws Exception {
    Path file = folder.resolve("heddle.jfr");
    try (Recording recording = new Recording();
        Session session = Session.open(OPTIONS)) {
      recording.start();
      int[] x = new int[5000];
      session.parallelFor(5000, i -> x[i] = 3 * i);
      recording.stop();
      recording.dump(file);
    }
    Set<String> names = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getEventType().getName().startsWith("dev.heddle.")) {
        names.add(event.getEventType().getName());
        assertTrue(event.getString("kernel").contains("theFlightRecorderSeesRuns"));
      }
    }
    assertTrue(
        names.containsAll(List.of("dev.heddle.Compile", "dev.heddle.Launch", "dev.heddle.Plan")),
        names::toString);
  }
}
