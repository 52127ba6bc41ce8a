package dev.heddle.cli;

import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.profile.DeviceJson;
import dev.heddle.runtime.profile.RecordedDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Files of {@code devices --export}, which {@code plan --profiles} reads. */
final class RecordedDevices {
  private RecordedDevices() {}

  static void write(Path file, List<RecordedDevice> devices) {
    try {
      Files.write(file, DeviceJson.write(devices));
    } catch (IOException e) {
      throw new UsageException("--export " + file + ": cannot be written: " + e.getMessage());
    }
  }

  static List<RecordedDevice> read(Path file) {
    try {
      List<RecordedDevice> devices = DeviceJson.read(Files.readAllBytes(file));
      if (devices.isEmpty()) {
        throw new UsageException("--profiles " + file + ": there are no devices in it");
      }
      return devices;
    } catch (NoSuchFileException e) {
      throw new UsageException("--profiles " + file + ": no such file");
    } catch (IOException e) {
      throw new UsageException(
          "--profiles %s: %s; 'heddle devices --export FILE.json' writes such a file"
              .formatted(file, e.getMessage()));
    }
  }
}
