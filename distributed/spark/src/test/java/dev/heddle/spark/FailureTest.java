package dev.heddle.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.spark.fake.LossyProvider;
import dev.heddle.spark.task.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the way changes no bit, or is an honest error. */
class FailureTest {
  private static final String STENCIL =
      """
      __kernel void stencil(int n, __global const int *x, __global int *y) {
        int i = get_global_id(0);
        int left = i > 0 ? x[i - 1] : 0;
        int right = i < n - 1 ? x[i + 1] : 0;
        y[i] = left + 3 * x[i] + 5 * right + i;
      }
      """;
  private static final int N = 4096;
  private static final int STEPS = 6;

  /** Element i is i; whoever asks for the start of it first meets with something. */
  private interface Trouble extends Source {
    String marker();

    void happen();

    @Override
    default void load(long start, MemorySegment into) {
      for (long at = 0; at < into.byteSize(); at += Integer.BYTES) {
        into.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) ((start + at) / Integer.BYTES));
      }
      if (start == 0 && first()) {
        happen();
      }
    }

    private boolean first() {
      try {
        Files.createFile(Path.of(marker()));
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The executor is killed. */
  private record Killed(String marker) implements Trouble {
    @Override
    public void happen() {
      Runtime.getRuntime().halt(137);
    }
  }

  /** The executor is slow. */
  private record Slow(String marker) implements Trouble {
    @Override
    public void happen() {
      try {
        Thread.sleep(1500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @TempDir private Path folder;
  private HeddleSpark spark;
  private List<String> notes = List.of();

  @BeforeEach
  void open() {
    spark = HeddleSpark.on(LocalCluster.context(), on("cpu"));
  }

  @AfterEach
  void close() {
    spark.close();
  }

  private static SparkOptions on(String devices) {
    return SparkOptions.DEFAULT.with(RunOptions.DEFAULT.on(devices)).withPartitions(4);
  }

  private SparkKernel kernel(String source) {
    return spark
        .compile(List.of(new SourceFile("test.cl", source)), FrontendOptions.DEFAULT)
        .kernels()
        .getFirst();
  }

  private static int[] expected() {
    int[] x = new int[N];
    for (int i = 0; i < N; i++) {
      x[i] = i;
    }
    for (int step = 0; step < STEPS; step++) {
      int[] y = new int[N];
      for (int i = 0; i < N; i++) {
        y[i] = (i > 0 ? x[i - 1] : 0) + 3 * x[i] + 5 * (i < N - 1 ? x[i + 1] : 0) + i;
      }
      x = y;
    }
    return x;
  }

  private int[] iterated(Source start) {
    return iterated(start, on("cpu"));
  }

  private int[] iterated(Source start, SparkOptions options) {
    SparkKernel kernel = kernel(STENCIL);
    try (SparkInts x = (SparkInts) spark.array(ElementType.INT, N, start);
        SparkInts y = spark.ints(N)) {
      SparkExecution execution =
          kernel.iterate(
              NDRange.of(N),
              kernel.arguments().set("n", N).set("x", x).set("y", y),
              STEPS,
              List.of(new SparkKernel.Swap(x, y)),
              options.withExchangeEvery(2));
      notes = execution.execution().notes();
      return y.toArray();
    }
  }

  @Test
  void aKilledExecutorChangesNoBit() {
    Path marker = folder.resolve("killed");
    assertArrayEquals(expected(), iterated(new Killed(marker.toString())));
    assertTrue(Files.exists(marker));
    assertTrue(notes.stream().anyMatch(note -> note.contains("went away (")), notes.toString());
  }

  @Test
  void anExecutorKilledBetweenStepsChangesNoBit() {
    SparkKernel kernel = kernel(STENCIL);
    Path marker = folder.resolve("later");
    int[] found;
    try (SparkInts x = (SparkInts) spark.array(ElementType.INT, N, new Plain());
        SparkInts y = spark.ints(N)) {
      SparkArguments arguments = kernel.arguments().set("n", N).set("x", x).set("y", y);
      SparkOptions options = on("cpu").withExchangeEvery(1);
      List<SparkKernel.Swap> swaps = List.of(new SparkKernel.Swap(x, y));
      kernel.iterate(NDRange.of(N), arguments, STEPS / 2, swaps, options);
      x.swap(y);
      // blocks of x are on the executor that dies now
      Killed death = new Killed(marker.toString());
      LocalCluster.context()
          .parallelize(List.of(1), 1)
          .foreach(number -> death.load(0, MemorySegment.ofArray(new byte[Integer.BYTES])));
      kernel.iterate(NDRange.of(N), arguments, STEPS / 2, swaps, options);
      found = y.toArray();
    }
    assertArrayEquals(expected(), found);
    assertTrue(Files.exists(marker));
  }

  private record Plain() implements Trouble {
    @Override
    public String marker() {
      return System.getProperty("java.io.tmpdir");
    }

    @Override
    public void happen() {
      throw new IllegalStateException("the folder for temporary files is not there");
    }
  }

  @Test
  void aSlowExecutorChangesNoBit() {
    Path marker = folder.resolve("slow");
    assertArrayEquals(expected(), iterated(new Slow(marker.toString())));
    assertTrue(Files.exists(marker));
  }

  @Test
  void anExecutorWhoseGpuIsLostIsReplaced() throws IOException {
    Files.createFile(LossyProvider.armed());
    try {
      assertArrayEquals(expected(), iterated(new Plain(), on("lossy")));
      assertFalse(Files.exists(LossyProvider.armed()), "no device was lost");
    } finally {
      Files.deleteIfExists(LossyProvider.armed());
    }
  }

  @Test
  void aFaultNamesTheWorkItemOfTheWholeRange() {
    SparkKernel kernel =
        kernel(
            """
            __kernel void shift(__global const int *x, __global int *y) {
              int i = get_global_id(0);
              y[i] = x[i + 2];
            }
            """);
    try (SparkInts x = spark.ints(new int[N]);
        SparkInts y = spark.ints(N)) {
      RunException fault =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(NDRange.of(N), kernel.arguments().set("x", x).set("y", y), on("cpu")));
      assertEquals(RunException.Kind.KERNEL_FAULT, fault.kind());
      assertTrue(fault.getMessage().contains("test.cl:3"), fault.getMessage());
      assertEquals(
          List.of((long) N - 2), fault.execution().orElseThrow().faults().getFirst().workItem());
      assertArrayEquals(new int[N], y.toArray(), "as it was");
    }
  }

  @Test
  void aKernelThatDoesNotEndIsStopped() {
    SparkKernel kernel =
        kernel(
            """
            __kernel void forever(__global volatile int *x) {
              while (x[0] == 0) x[1] += 1;
            }
            """);
    try (SparkInts x = spark.ints(2)) {
      RunException late =
          assertThrows(
              RunException.class,
              () ->
                  kernel.run(
                      NDRange.of(1),
                      kernel.arguments().set("x", x),
                      SparkOptions.DEFAULT.with(
                          RunOptions.DEFAULT.on("cpu").withTimeout(Duration.ofMillis(1500)))));
      assertEquals(RunException.Kind.TIMEOUT, late.kind());
    }
    assertArrayEquals(expected(), iterated(new Plain()), "the cluster is there still");
  }

  @Test
  void settingsThatWouldHangAreRefused() {
    SparkConf conf =
        new SparkConf(false).setMaster("local[2]").set("spark.task.resource.gpu.amount", "1");
    RunException refused = assertThrows(RunException.class, () -> Cluster.check(conf));
    assertTrue(refused.getMessage().contains("wait for ever"), refused.getMessage());
    RunException small =
        assertThrows(
            RunException.class,
            () -> Cluster.prepare(new SparkConf(false).setMaster("local-cluster[2,1,100]")));
    assertTrue(small.getMessage().contains("512 MB"), small.getMessage());
  }

  @Test
  void oneTaskAtATimeGetsAllCores() {
    SparkConf conf = Cluster.prepare(new SparkConf(false).setMaster("local-cluster[2,4,1024]"));
    assertEquals("4", conf.get("spark.task.cpus"));
    assertEquals("4", conf.get("spark.executor.cores"));
    assertTrue(conf.get("spark.executor.extraJavaOptions").contains("jdk.incubator.vector"));
    assertTrue(conf.get("spark.executor.extraJavaOptions").contains("+UseParallelGC"));
    SparkConf theirs =
        new SparkConf(false).set("spark.executor.extraJavaOptions", "-XX:+UseSerialGC");
    String options = Cluster.prepare(theirs).get("spark.executor.extraJavaOptions");
    assertTrue(options.endsWith("-XX:+UseSerialGC") && !options.contains("Parallel"), options);
    assertTrue(Cluster.remarks(conf).stream().noneMatch(note -> note.contains("task.cpus")));
    assertEquals(List.of(), Cluster.remarks(conf));
    conf.set("spark.task.cpus", "1");
    assertTrue(Cluster.remarks(conf).stream().anyMatch(note -> note.contains("task.cpus")));
    SparkConf open = Cluster.prepare(new SparkConf(false).setMaster("spark://head:7077"));
    assertTrue(Cluster.remarks(open).stream().anyMatch(note -> note.contains("cores is not set")));
  }
}
