package dev.heddle.runtime.exec;

import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events for the JDK's flight recorder; they cost next to nothing while nothing is recorded. */
final class Recorded {
  private Recorded() {}

  /** What all events have. */
  @Category("Heddle")
  @StackTrace(false)
  private abstract static class OfKernel extends Event {
    @Label("Kernel")
    String kernel = "";
  }

  /** A kernel is compiled for a device. */
  @Name("dev.heddle.Compile")
  @Label("Compile")
  static final class Compile extends OfKernel {
    @Label("Device")
    String device = "";

    void end(String newKernel, DeviceView view) {
      end();
      if (shouldCommit()) {
        kernel = newKernel;
        device = view.id();
        commit();
      }
    }
  }

  /** A launch is analysed, and its work given to devices. */
  @Name("dev.heddle.Plan")
  @Label("Plan")
  static final class Plan extends OfKernel {
    @Label("Work-items")
    long items;

    void end(PreparedLaunch launch) {
      end();
      if (shouldCommit()) {
        kernel = launch.code().name();
        items = launch.range().items();
        commit();
      }
    }
  }

  /** What a chunk needs is copied to a device, or what it wrote back; for the time of issuing. */
  @Name("dev.heddle.Copy")
  @Label("Copy")
  static final class Copy extends OfKernel {
    @Label("Device")
    String device = "";

    @Label("Bytes")
    long bytes;

    @Label("To the device")
    boolean in;

    void end(String newKernel, DeviceView view, boolean newIn, long newBytes) {
      end();
      if (newBytes > 0 && shouldCommit()) {
        kernel = newKernel;
        device = view.id();
        in = newIn;
        bytes = newBytes;
        commit();
      }
    }
  }

  /** A chunk runs on a device. */
  @Name("dev.heddle.Launch")
  @Label("Launch")
  static final class Launch extends OfKernel {
    @Label("Device")
    String device = "";

    @Label("Work-items")
    long items;

    @Label("Code")
    String tier = "";

    void end(String newKernel, DeviceView view, long newItems, String newTier) {
      end();
      if (shouldCommit()) {
        kernel = newKernel;
        device = view.id();
        items = newItems;
        tier = newTier;
        commit();
      }
    }
  }
}
