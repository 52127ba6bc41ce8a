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
  private static final Pattern STANDALONE = Pattern.compile("spark://([^,:]+):(\\d+).*");
  private static final int CONNECT_MILLIS = 5_000;
  private static final long WAIT_NANOS = 60_000_000_000L;
  private static final int POLL_MILLIS = 100;

  private Connection() {}

  /**
   * Opens a context, and waits for the first executor.
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
      awaitExecutor(context, master);
      return context;
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }

  private static void requireReachable(String master) {
    Matcher standalone = STANDALONE.matcher(master);
    if (!standalone.matches()) {
      if (master.startsWith("spark://")) {
        throw new UsageException("--spark " + master + ": the port is missing; 7077 is usual");
      }
      return;
    }
    String host = standalone.group(1);
    int port = Integer.parseInt(standalone.group(2));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--spark %s: nothing answers there (%s)".formatted(master, e.getMessage()));
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

  private static void awaitExecutor(JavaSparkContext context, String master) {
    boolean inProcess = master.equals("local") || master.startsWith("local[");
    long deadline = System.nanoTime() + WAIT_NANOS;
    while (!inProcess && context.sc().statusTracker().getExecutorInfos().length < 2) {
      if (System.nanoTime() > deadline || context.sc().isStopped()) {
        throw new RunException(
            RunException.Kind.NO_SUCH_DEVICE,
            "--spark %s: no executor came within 60 s; the cluster has no worker with %s cores and %s free"
                .formatted(
                    master,
                    context.getConf().get("spark.executor.cores", "all its"),
                    context.getConf().get("spark.executor.memory", "1g")));
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RunException(RunException.Kind.CANCELLED, "cancelled");
      }
    }
  }
}
