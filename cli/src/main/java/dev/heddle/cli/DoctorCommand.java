package dev.heddle.cli;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says what is missing, and the command that mends it. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Drivers, libraries, JDK: what is missing, and the command that mends it.")
final class DoctorCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.println(
        "java      %s (%s), %d processors, heap up to %s"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                Units.bytes(Runtime.getRuntime().maxMemory())));
    try (Session session = Session.open(SessionOptions.DEFAULT)) {
      for (DeviceInfo device : session.devices()) {
        System.out.println(
            "device    %s: %s%s"
                .formatted(device.id(), device.name(), arithmetic(device.reproducible())));
      }
      session.notes().forEach(note -> System.out.println("missing   " + note));
    }
    return ExitCode.OK;
  }

  private static String arithmetic(String why) {
    return why.isEmpty() ? ", ready" : ", not for reproducible runs: " + why;
  }
}
