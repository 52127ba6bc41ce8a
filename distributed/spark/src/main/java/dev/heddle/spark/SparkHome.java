package dev.heddle.spark;

import dev.heddle.runtime.run.RunException;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;

/**
 * Makes {@code local-cluster[...]} work without a Spark distribution: its executors take their jars
 * from the folder {@code jars} of {@code SPARK_HOME}, which is filled with links to the driver's
 * class path.
 */
public final class SparkHome {
  private static final String EXTRA = "spark.executor.extraClassPath";

  private SparkHome() {}

  /**
   * Prepares the settings and, where it is needed, the folder.
   *
   * @throws RunException USAGE if {@code SPARK_HOME} is not set
   */
  public static SparkConf prepare(SparkConf conf) {
    if (!conf.get("spark.master", "").startsWith("local-cluster")) {
      return conf;
    }
    String home = System.getenv("SPARK_HOME");
    if (home == null) {
      throw RunException.usage(
          "local-cluster needs SPARK_HOME: set it to a Spark 4.2 distribution, or to an empty"
              + " folder for the jars of this process");
    }
    // what the scripts of a distribution would set
    conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
    List<String> folders = new ArrayList<>();
    List<Path> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (!entry.isEmpty() && Files.isDirectory(path)) {
        folders.add(path.toString());
      } else if (Files.isRegularFile(path)) {
        jars.add(path);
      }
    }
    if (Files.exists(Path.of(home, "RELEASE"))) {
      // a distribution has Spark's jars, not Heddle's
      jars.stream()
          .filter(jar -> jar.getFileName().toString().startsWith("heddle-"))
          .forEach(jar -> folders.add(jar.toString()));
    } else {
      link(Path.of(home, "jars"), jars);
    }
    String present = conf.get(EXTRA, "");
    if (!present.isEmpty()) {
      folders.add(present);
    }
    if (!folders.isEmpty()) {
      conf.set(EXTRA, String.join(File.pathSeparator, folders));
    }
    return conf;
  }

  private static void link(Path folder, List<Path> jars) {
    try {
      Files.createDirectories(folder);
      for (Path jar : jars) {
        Path link = folder.resolve(jar.getFileName());
        if (Files.isSymbolicLink(link) && !Files.readSymbolicLink(link).equals(jar)) {
          Files.delete(link);
        }
        try {
          Files.createSymbolicLink(link, jar);
        } catch (FileAlreadyExistsException e) {
          // linked before, or by another process just now
        }
      }
    } catch (IOException e) {
      throw RunException.usage(
          "the folder " + folder + " of SPARK_HOME can't be filled with links: " + e.getMessage());
    }
  }
}
