package dev.heddle.spark.cli;

import dev.heddle.cli.cluster.ClusterRunner;
import dev.heddle.cli.run.RunResult;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.UsageException;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.HeddleSpark;
import dev.heddle.spark.SparkOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code heddle run --spark MASTER}. */
public final class SparkRunner implements ClusterRunner {
  @Override
  public RunResult run(String master, RunRequest request, Consumer<Diagnostic> warnings) {
    refuse(request.verify(), "--verify", "run it without --spark to verify");
    refuse(request.repeats() > 0, "--repeat", "a job over a cluster is timed once");
    refuse(request.trace().isPresent(), "--trace", "Spark's own web page has a timeline");
    refuse(request.options().redundant(), "--redundant", "it is for one machine");
    Program program = OpenClCompiler.compile(request.sources(), request.frontend(), warnings);
    // what is wrong with the words is said before a cluster is started
    try (Bound bound = Bound.of(request, program)) {
      long start = System.nanoTime();
      try (JavaSparkContext context = Connection.open(master);
          Progress progress = Progress.start(context);
          HeddleSpark spark =
              HeddleSpark.on(
                  context, SparkOptions.DEFAULT.with(request.options()), request.cpuThreads())) {
        long opened = System.nanoTime() - start;
        RunResult result = new Steps(spark, bound, request, program).run(opened);
        progress.close();
        return result;
      } catch (RuntimeException e) {
        throw ending() ? new RunException(RunException.Kind.CANCELLED, "interrupted") : e;
      } finally {
        tidy(master);
      }
    }
  }

  /** Whether this JVM is being ended from outside: then Spark's own hooks stop the context. */
  private static boolean ending() {
    Thread nothing = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
      Runtime.getRuntime().removeShutdownHook(nothing);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  private static void refuse(boolean given, String option, String instead) {
    if (given) {
      throw new UsageException(option + " can't be used with --spark; " + instead);
    }
  }

  /** Removes what the executors of a local cluster left in the folder that stands for Spark's. */
  private static void tidy(String master) {
    String home = System.getenv("SPARK_HOME");
    if (!master.startsWith("local-cluster")
        || home == null
        || Files.exists(Path.of(home, "RELEASE"))) {
      return;
    }
    Path work = Path.of(home, "work");
    if (!Files.isDirectory(work)) {
      return;
    }
    try (Stream<Path> files = Files.walk(work)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // another run is using it
    }
  }
}
