package dev.heddle.cli.cluster;

import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Runs requests over a cluster; found by {@link ServiceLoader} where one is installed. */
public interface ClusterRunner {
  /**
   * Runs a request to its end. The devices of the result are named {@code executor/device}.
   *
   * @param master names the cluster
   * @param warnings takes what the compiler has to say of a program that compiles
   */
  RunResult run(String master, RunRequest request, Consumer<Diagnostic> warnings);

  /**
   * The one that is installed.
   *
   * @throws UsageException with the command that adds one
   */
  static ClusterRunner find() {
    return ServiceLoader.load(ClusterRunner.class)
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "--spark needs Heddle's Spark module, which is not installed; in Heddle's"
                        + " source folder add it with: mvn -q -DskipTests package -pl"
                        + " distributed/spark -am"));
  }
}
