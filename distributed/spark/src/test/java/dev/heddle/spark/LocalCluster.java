package dev.heddle.spark;

import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;

/**
 * The cluster of all tests: two executors of one core, each with a GPU that a discovery script
 * makes up. It ends with the JVM.
 */
final class LocalCluster {
  private static @Nullable JavaSparkContext context;
  private static @Nullable Session session;

  private LocalCluster() {}

  static synchronized JavaSparkContext context() {
    if (context == null) {
      SparkConf conf =
          new SparkConf()
              .setMaster("local-cluster[2,1,1024]")
              .setAppName("heddle-test")
              .set("spark.ui.enabled", "false")
              .set("spark.executor.memory", "768m")
              .set("spark.worker.resource.gpu.amount", "1")
              .set("spark.worker.resource.gpu.discoveryScript", discoveryScript().toString())
              .set("spark.executor.resource.gpu.amount", "1")
              .set("spark.task.resource.gpu.amount", "1")
              .set("spark.executorEnv.XDG_CACHE_HOME", temporary("heddle-cache").toString());
      context = new JavaSparkContext(SparkHome.prepare(Cluster.prepare(conf)));
      JavaSparkContext opened = context;
      Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
    }
    return context;
  }

  /** The single machine. */
  static synchronized Session session() {
    if (session == null) {
      session = Session.open(SessionOptions.DEFAULT.forgetful());
    }
    return session;
  }

  static Path temporary(String name) {
    try {
      return Files.createTempDirectory(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path discoveryScript() {
    try {
      Path script =
          Files.createTempFile(
              "gpus",
              ".sh",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
