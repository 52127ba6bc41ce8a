package dev.heddle.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.FloatArray;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.RunOptions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On 1, 2, 3 and 7 partitions: the bits of the single machine. */
class SameBitsTest {
  private static final Path KERNELS = Path.of("../../kernels");
  private static final int N = 100_003;

  private HeddleSpark spark;

  @BeforeEach
  void open() {
    spark = HeddleSpark.on(LocalCluster.context());
  }

  @AfterEach
  void close() {
    spark.close();
  }

  private SparkKernel kernel(String file, String name) {
    return spark.load(KERNELS.resolve(file)).kernel(name);
  }

  private static Kernel single(String file, String name) {
    return LocalCluster.session().load(KERNELS.resolve(file)).kernel(name);
  }

  private static SparkOptions on(int partitions) {
    return SparkOptions.DEFAULT.with(RunOptions.DEFAULT.on("cpu")).withPartitions(partitions);
  }

  private static float[] uniform(int n, int seed) {
    Random random = new Random(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }

  private static byte[] bits(Buffer buffer) {
    return buffer.read().toArray(ValueLayout.JAVA_BYTE);
  }

  private static byte[] bits(SparkArray array) {
    byte[] bytes = new byte[(int) array.bytes()];
    array.read(MemorySegment.ofArray(bytes));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void map(int partitions) {
    float[] x = uniform(N, 1);
    float[] y = uniform(N, 2);
    Session session = LocalCluster.session();
    Kernel kernel = single("stream/saxpy.cl", "saxpy");
    byte[] expected;
    try (FloatArray sx = session.floats(x);
        FloatArray sy = session.floats(y)) {
      kernel.run(
          NDRange.of(N),
          kernel.arguments().set("n", N).set("a", 2.5).set("x", sx.buffer()).set("y", sy.buffer()),
          RunOptions.DEFAULT);
      expected = bits(sy.buffer());
    }
    SparkKernel distributed = kernel("stream/saxpy.cl", "saxpy");
    try (SparkFloats sx = spark.floats(x);
        SparkFloats sy = spark.floats(y)) {
      SparkExecution run =
          distributed.run(
              NDRange.of(N),
              distributed.arguments().set("n", N).set("a", 2.5).set("x", sx).set("y", sy),
              on(partitions));
      assertArrayEquals(expected, bits(sy));
      assertEquals(partitions, run.parts());
      assertTrue(run.execution().reproducible());
      assertEquals(N, run.shares().stream().mapToLong(share -> share.device().items()).sum());
      assertTrue(
          run.execution().notes().stream().anyMatch(note -> note.contains("granted GPU 0")),
          run.execution().notes().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void stencilOverTwentySteps(int partitions) {
    int width = 96;
    int height = 131;
    float[] start = uniform(width * height, 3);
    byte[] expected = heat(width, height, start);
    // between no exchange, one after every step, and one now and then
    for (int exchangeEvery : partitions == 3 ? new int[] {1} : new int[] {0, 7}) {
      SparkKernel kernel = kernel("climate/heat_2d.cl", "heat_2d");
      try (SparkFloats before = spark.floats(start);
          SparkFloats after = spark.floats(start.length)) {
        SparkExecution run =
            kernel.iterate(
                NDRange.of(width, height),
                kernel
                    .arguments()
                    .set("width", width)
                    .set("height", height)
                    .set("k", 0.2)
                    .set("before", before)
                    .set("after", after),
                20,
                List.of(new SparkKernel.Swap(before, after)),
                on(partitions).withExchangeEvery(exchangeEvery));
        assertArrayEquals(expected, bits(after), "exchange every " + exchangeEvery);
        if (exchangeEvery == 1) {
          assertEquals(19, run.exchanges());
        }
      }
    }
  }

  private static byte[] heat(int width, int height, float[] start) {
    Session session = LocalCluster.session();
    Kernel kernel = single("climate/heat_2d.cl", "heat_2d");
    try (FloatArray a = session.floats(start);
        FloatArray b = session.floats(start.length)) {
      Buffer before = a.buffer();
      Buffer after = b.buffer();
      for (int step = 0; step < 20; step++) {
        if (step > 0) {
          Buffer other = before;
          before = after;
          after = other;
        }
        kernel.run(
            NDRange.of(width, height),
            kernel
                .arguments()
                .set("width", width)
                .set("height", height)
                .set("k", 0.2)
                .set("before", before)
                .set("after", after),
            RunOptions.DEFAULT);
      }
      return bits(after);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void reduction(int partitions) {
    float[] values = uniform(N, 4);
    float expected = LocalCluster.session().reduce(values, 0f, Float::sum);
    try (HeddleSpark parts = HeddleSpark.on(LocalCluster.context(), on(partitions));
        SparkFloats array = parts.floats(values)) {
      float found = parts.lambdas().reduce(array, 0f, Float::sum);
      assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(found));
      assertEquals(
          0f, parts.lambdas().reduce(parts.floats(0), 0f, Float::sum), "of an empty array");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void monteCarloPricing(int partitions) {
    int paths = 20_011;
    Session session = LocalCluster.session();
    Kernel single = single("finance/monte_carlo_option.cl", "simulate_paths");
    SparkKernel kernel = kernel("finance/monte_carlo_option.cl", "simulate_paths");
    try (FloatArray payoff = session.floats(paths);
        SparkFloats distributed = spark.floats(paths)) {
      single.run(
          NDRange.of(paths),
          single
              .arguments()
              .set("paths", paths)
              .set("steps", 16)
              .set("seed", 2024)
              .set("spot", 100.0)
              .set("strike", 100.0)
              .set("rate", 0.03)
              .set("volatility", 0.25)
              .set("years", 1.0)
              .set("payoff", payoff.buffer()),
          RunOptions.DEFAULT);
      kernel.run(
          NDRange.of(paths),
          kernel
              .arguments()
              .set("paths", paths)
              .set("steps", 16)
              .set("seed", 2024)
              .set("spot", 100.0)
              .set("strike", 100.0)
              .set("rate", 0.03)
              .set("volatility", 0.25)
              .set("years", 1.0)
              .set("payoff", distributed),
          on(partitions));
      assertArrayEquals(bits(payoff.buffer()), bits(distributed));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void kmerCounting(int partitions) {
    int k = 6;
    int positions = N - k + 1;
    byte[] bases = new byte[N];
    Random random = new Random(5);
    for (int i = 0; i < N; i++) {
      bases[i] = (byte) random.nextInt(5);
    }
    Session session = LocalCluster.session();
    Kernel single = single("genomics/kmer_count.cl", "kmer_count");
    SparkKernel kernel = kernel("genomics/kmer_count.cl", "kmer_count");
    try (Buffer letters = session.allocate(N);
        Buffer counts = session.allocate(4L << 2 * k);
        SparkBytes distributed = spark.bytes(bases);
        SparkArray counted = spark.zeroes(ElementType.UINT, 1L << 2 * k)) {
      letters.write().copyFrom(MemorySegment.ofArray(bases));
      single.run(
          NDRange.of(positions),
          single
              .arguments()
              .set("positions", positions)
              .set("k", k)
              .set("bases", letters)
              .set("counts", counts),
          RunOptions.DEFAULT);
      SparkArguments arguments =
          kernel
              .arguments()
              .set("positions", positions)
              .set("k", k)
              .set("bases", distributed)
              .set("counts", counted);
      kernel.run(NDRange.of(positions), arguments, on(partitions));
      assertArrayEquals(bits(counts), bits(counted));
      // counts go on from what they were
      kernel.run(NDRange.of(positions), arguments, on(partitions));
      int[] twice = counts.read().toArray(ValueLayout.JAVA_INT);
      for (int i = 0; i < twice.length; i++) {
        twice[i] *= 2;
      }
      assertArrayEquals(twice, ((SparkInts) counted).toArray());
    }
  }
}
