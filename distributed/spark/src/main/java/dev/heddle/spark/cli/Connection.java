package dev.heddle.spark.cli;

import dev.heddle.cli.spec.UsageException;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.Cluster;
import dev.heddle.spark.SparkHome;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/** Opens a Spark context for one command, and says in the user's words why it can't. */
final class Connection {
  private static final Pattern MASTER =
      Pattern.compile(
          "local|local\\[(\\d+|\\*)]|local-cluster\\[\\d+,\\d+,\\d+]|spark://.+|yarn|k8s://.+");
  private static final String STANDALONE = "spark://";
  private static final Pattern PLACE = Pattern.compile("([^:]+|\\[.+]):(\\d+)");
  private static final int CONNECT_MILLIS = 5_000;
  private static final long WAIT_NANOS = 60_000_000_000L;

  /** The executors of a cluster start at about the same time, but not at once. */
  private static final long SETTLE_NANOS = 1_500_000_000L;

  private static final int POLL_MILLIS = 100;

  private Connection() {}

  /**
   * Opens a context, and waits for the executors.
   *
   * @throws UsageException if there is no such cluster
   * @throws RunException NO_SUCH_DEVICE if no executor comes
   */
  static JavaSparkContext open(String master) {
    if (!MASTER.matcher(master).matches()) {
      throw new UsageException(
          "--spark %s: use spark://HOST:PORT, yarn, k8s://..., local[N] or".formatted(master)
              + " local-cluster[EXECUTORS,CORES,MEGABYTES]");
    }
    requireReachable(master);
    SparkConf conf = defaults(new SparkConf());
    conf.setMaster(master)
        .setAppName("heddle")
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false");
    if (!master.startsWith("local")) {
      conf.setJars(jars().toArray(String[]::new));
    }
    JavaSparkContext context = start(SparkHome.prepare(Cluster.prepare(conf)), master);
    try {
      awaitExecutors(context, master);
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  /** Spark itself would try for a minute, and say less. */
  private static void requireReachable(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    List<String> silent = new ArrayList<>();
    for (String place : master.substring(STANDALONE.length()).split(",", -1)) {
      Matcher parts = PLACE.matcher(place);
      if (!parts.matches()) {
        throw new UsageException(
            "--spark %s: '%s' is no HOST:PORT; the usual port is 7077".formatted(master, place));
      }
      Optional<String> why = unreachable(parts.group(1), parts.group(2));
      if (why.isEmpty()) {
        return;
      }
      silent.add(place + " (" + why.get() + ")");
    }
    throw new UsageException(
        "--spark %s: no Spark master answers at %s".formatted(master, String.join(", ", silent)));
  }

  private static Optional<String> unreachable(String host, String port) {
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host, Integer.parseInt(port));
      if (address.isUnresolved()) {
        return Optional.of("no such host");
      }
      socket.connect(address, CONNECT_MILLIS);
      return Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The settings that spark-submit would read. */
  private static SparkConf defaults(SparkConf conf) {
    String home = System.getenv("SPARK_HOME");
    String folder = System.getenv("SPARK_CONF_DIR");
    if (folder == null && home == null) {
      return conf;
    }
    Path file =
        (folder != null ? Path.of(folder) : Path.of(home, "conf")).resolve("spark-defaults.conf");
    if (!Files.isReadable(file)) {
      return conf;
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e.getMessage());
    }
    properties
        .stringPropertyNames()
        .forEach(name -> conf.setIfMissing(name, properties.getProperty(name).strip()));
    return conf;
  }

  /** Heddle's jars and what they need beside Spark's. */
  private static List<String> jars() {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.endsWith(".jar")
          && (name.startsWith("heddle-") || name.startsWith("jcuda") || name.startsWith("jocl"))) {
        jars.add(entry);
      }
    }
    return jars;
  }

  private static JavaSparkContext start(SparkConf conf, String master) {
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException e) {
      throw new UsageException(
          "--spark %s: Spark does not start: %s".formatted(master, firstLine(e)));
    } catch (Exception e) {
      // SparkException, which Scala does not declare
      throw new UsageException(
          "--spark %s: Spark does not start: %s".formatted(master, firstLine(e)));
    }
  }

  private static String firstLine(@Nullable Throwable e) {
    String text = e == null ? "" : String.valueOf(e.getMessage());
    return text.lines().findFirst().orElse("");
  }

  /** Waits for the first executor, and until no more have come for a while. */
  private static void awaitExecutors(JavaSparkContext context, String master) {
    if (master.equals("local") || master.startsWith("local[")) {
      return;
    }
    long end = System.nanoTime() + WAIT_NANOS;
    int known = 0;
    while (System.nanoTime() < end) {
      requireRunning(context, master);
      int executors = Cluster.registered(context);
      if (executors > known) {
        known = executors;
        end = System.nanoTime() + SETTLE_NANOS;
      }
      pause();
    }
    if (known == 0) {
      throw new RunException(
          RunException.Kind.NO_SUCH_DEVICE,
          "--spark %s: no executor came within %d s; either no worker has %s cores and %s free, or executors end as soon as they start: the logs of the workers tell"
              .formatted(
                  master,
                  WAIT_NANOS / 1_000_000_000,
                  context.getConf().get("spark.executor.cores", "any"),
                  context.getConf().get("spark.executor.memory", "1g")));
    }
  }

  private static void requireRunning(JavaSparkContext context, String master) {
    if (context.sc().isStopped()) {
      throw new RunException(
          RunException.Kind.NO_SUCH_DEVICE,
          "--spark %s: Spark gave up: what answers there is no Spark master of this version, or executors end as soon as they start, and the logs of the workers tell why"
              .formatted(master));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException(RunException.Kind.CANCELLED, "cancelled");
    }
  }
}
