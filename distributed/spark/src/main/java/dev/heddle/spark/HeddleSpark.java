package dev.heddle.spark;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.compiler.ir.Program;
import dev.heddle.runtime.api.Buffer;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.npy.NpySlices;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.plan.Cuts;
import dev.heddle.spark.plan.Layout;
import dev.heddle.spark.task.ExecutorProfile;
import dev.heddle.spark.task.Output;
import dev.heddle.spark.task.Piece;
import dev.heddle.spark.task.Source;
import dev.heddle.spark.task.Span;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * Kernels and lambdas over the executors of a Spark cluster. Each executor opens one session, when
 * its first task needs it. The results have the bits that one machine computes, whatever the number
 * of partitions, executors and devices. Not for use from several threads at once.
 */
public final class HeddleSpark implements AutoCloseable {
  private final JavaSparkContext context;
  private final SparkOptions options;
  private final int cpuThreads;
  private final Session planning = Session.planning(List.of());
  private final Buffer anyBuffer = planning.window(0, 0, 0);
  private final Actions actions = new Actions(this);
  private final Lambdas lambdas = new Lambdas(this);
  private final Losses losses = new Losses();
  private final Map<DeviceSelector, List<ExecutorProfile>> executors = new HashMap<>();

  private HeddleSpark(JavaSparkContext context, SparkOptions options, int cpuThreads) {
    this.context = context;
    this.options = options;
    this.cpuThreads = cpuThreads;
    context.sc().addSparkListener(losses);
  }

  /**
   * Heddle over that cluster. The context's executors need the Java options of {@link
   * Cluster#prepare}, and Heddle's jars.
   *
   * @throws RunException USAGE if jobs would hang or crash with the context's settings
   */
  public static HeddleSpark on(JavaSparkContext context) {
    return on(context, SparkOptions.DEFAULT);
  }

  /** The same, with options for what names none. */
  public static HeddleSpark on(JavaSparkContext context, SparkOptions options) {
    return on(context, options, 0);
  }

  /**
   * The same.
   *
   * @param cpuThreads worker threads of the executors' CPU devices; 0: as many as they have cores
   */
  public static HeddleSpark on(JavaSparkContext context, SparkOptions options, int cpuThreads) {
    Cluster.check(context.getConf());
    return new HeddleSpark(context, options, cpuThreads);
  }

  JavaSparkContext context() {
    return context;
  }

  /** How kernels run where nothing else is said. */
  public SparkOptions options() {
    return options;
  }

  Session planning() {
    return planning;
  }

  Actions actions() {
    return actions;
  }

  Losses losses() {
    return losses;
  }

  int cpuThreads() {
    return cpuThreads;
  }

  /** A buffer for arguments that are checked and never run. */
  Buffer anyBuffer() {
    return anyBuffer;
  }

  /** What the user should know of the cluster's settings, one sentence each. */
  public List<String> remarks() {
    return Cluster.remarks(context.getConf());
  }

  /** The executors and which of those devices they have, asked for once. */
  synchronized List<ExecutorProfile> executors(DeviceSelector devices) {
    return executors.computeIfAbsent(
        devices, named -> Cluster.executors(context, named, cpuThreads));
  }

  // ---- programs

  /**
   * Compiles OpenCL C sources as one program, in order.
   *
   * @throws dev.heddle.compiler.diagnostic.CompileException with everything that was found
   */
  public SparkProgram compile(List<SourceFile> sources, FrontendOptions frontend) {
    return program(OpenClCompiler.compile(sources, frontend));
  }

  /** Compiles OpenCL C files as one program, in order; they include no other files. */
  public SparkProgram load(Path... files) {
    List<SourceFile> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new SourceFile(file.toString(), Files.readString(file)));
      } catch (IOException e) {
        throw RunException.usage("the kernel file " + file + " can't be read: " + e.getMessage());
      }
    }
    return compile(sources, FrontendOptions.DEFAULT);
  }

  /** The kernels of a compiled program. */
  public SparkProgram program(Program program) {
    return new SparkProgram(this, program);
  }

  // ---- lambdas

  /** The operations on arrays by lambdas. */
  public Lambdas lambdas() {
    return lambdas;
  }

  // ---- arrays

  /** An array that executors read from that source, each what it needs. */
  public SparkArray array(ElementType element, long size, Source source) {
    if (size < 0) {
      throw RunException.usage("an array can't have " + size + " elements");
    }
    long bytes = Math.multiplyExact(size, (long) element.type().bytes());
    return SparkArray.of(this, element, bytes, new Content.Sourced(source));
  }

  /** An array of zeroes. */
  public SparkArray zeroes(ElementType element, long size) {
    return array(element, size, new Source.Zeroes());
  }

  /** An array of that many zeroes. */
  public SparkFloats floats(long size) {
    return (SparkFloats) zeroes(ElementType.FLOAT, size);
  }

  /** An array of that many zeroes. */
  public SparkDoubles doubles(long size) {
    return (SparkDoubles) zeroes(ElementType.DOUBLE, size);
  }

  /** An array of that many zeroes. */
  public SparkInts ints(long size) {
    return (SparkInts) zeroes(ElementType.INT, size);
  }

  /** An array of that many zeroes. */
  public SparkLongs longs(long size) {
    return (SparkLongs) zeroes(ElementType.LONG, size);
  }

  /** An array of that many zeroes. */
  public SparkBytes bytes(long size) {
    return (SparkBytes) zeroes(ElementType.CHAR, size);
  }

  /** A small array of the driver's: it is broadcast to every executor that needs any of it. */
  public SparkFloats floats(float[] values) {
    return (SparkFloats) broadcast(ElementType.FLOAT, MemorySegment.ofArray(values));
  }

  /** A small array of the driver's: it is broadcast to every executor that needs any of it. */
  public SparkDoubles doubles(double[] values) {
    return (SparkDoubles) broadcast(ElementType.DOUBLE, MemorySegment.ofArray(values));
  }

  /** A small array of the driver's: it is broadcast to every executor that needs any of it. */
  public SparkInts ints(int[] values) {
    return (SparkInts) broadcast(ElementType.INT, MemorySegment.ofArray(values));
  }

  /** A small array of the driver's: it is broadcast to every executor that needs any of it. */
  public SparkLongs longs(long[] values) {
    return (SparkLongs) broadcast(ElementType.LONG, MemorySegment.ofArray(values));
  }

  /** A small array of the driver's: it is broadcast to every executor that needs any of it. */
  public SparkBytes bytes(byte[] values) {
    return (SparkBytes) broadcast(ElementType.CHAR, MemorySegment.ofArray(values));
  }

  /** An array of those bytes, which are broadcast. */
  SparkArray broadcast(ElementType element, MemorySegment values) {
    byte[] content = values.toArray(ValueLayout.JAVA_BYTE);
    return array(element, content.length / element.type().bytes(), new Source.Bytes(content));
  }

  /**
   * A .npy file on storage that every executor sees under that path; each maps its slices alone.
   *
   * @throws dev.heddle.runtime.npy.NpyException if it can't be read in slices
   */
  public SparkArray npy(Path file) {
    NpySlices slices = NpySlices.open(file.toAbsolutePath());
    return array(
        slices.header().element(),
        slices.header().count(),
        new Source.FileSource(slices.path().toString(), slices.start()));
  }

  /** The arrays of an RDD, one after the other in the order of its partitions. */
  public SparkFloats floats(JavaRDD<float[]> blocks) {
    return (SparkFloats)
        blocks(ElementType.FLOAT, blocks.map(b -> bytesOf(MemorySegment.ofArray(b))));
  }

  /** The arrays of an RDD, one after the other in the order of its partitions. */
  public SparkDoubles doubles(JavaRDD<double[]> blocks) {
    return (SparkDoubles)
        blocks(ElementType.DOUBLE, blocks.map(b -> bytesOf(MemorySegment.ofArray(b))));
  }

  /** The arrays of an RDD, one after the other in the order of its partitions. */
  public SparkInts ints(JavaRDD<int[]> blocks) {
    return (SparkInts) blocks(ElementType.INT, blocks.map(b -> bytesOf(MemorySegment.ofArray(b))));
  }

  /** The arrays of an RDD, one after the other in the order of its partitions. */
  public SparkLongs longs(JavaRDD<long[]> blocks) {
    return (SparkLongs)
        blocks(ElementType.LONG, blocks.map(b -> bytesOf(MemorySegment.ofArray(b))));
  }

  /** The arrays of an RDD, one after the other in the order of its partitions. */
  public SparkBytes bytes(JavaRDD<byte[]> blocks) {
    return (SparkBytes) blocks(ElementType.CHAR, blocks);
  }

  private static byte[] bytesOf(MemorySegment values) {
    return values.toArray(ValueLayout.JAVA_BYTE);
  }

  /** The bytes of an RDD, one block after the other in the order of its partitions. */
  SparkArray blocks(ElementType element, JavaRDD<byte[]> blocks) {
    List<Long> sizes =
        blocks
            .mapPartitions(
                arrays -> {
                  long sum = 0;
                  while (arrays.hasNext()) {
                    sum += arrays.next().length;
                  }
                  return List.of(sum).iterator();
                })
            .collect();
    List<List<Span>> owned = new ArrayList<>();
    List<Long> starts = new ArrayList<>();
    long bytes = 0;
    for (long size : sizes) {
      starts.add(bytes);
      owned.add(size == 0 ? List.of() : List.of(new Span(bytes, bytes + size)));
      bytes += size;
    }
    JavaRDD<Tuple2<Integer, Output>> pieces =
        blocks.mapPartitionsWithIndex(
            (number, arrays) -> {
              List<Tuple2<Integer, Output>> keyed = new ArrayList<>();
              long at = starts.get(number);
              while (arrays.hasNext()) {
                byte[] content = arrays.next();
                if (content.length > 0) {
                  keyed.add(new Tuple2<>(number, new Piece(0, at, content)));
                }
                at += content.length;
              }
              return keyed.iterator();
            },
            false);
    Content.Outputs outputs = new Content.Outputs(JavaPairRDD.fromJavaRDD(pieces));
    return SparkArray.of(this, element, bytes, new Content.Spread(outputs, 0, new Layout(owned)));
  }

  /** The content of a sourced array in pieces. */
  Content.Spread spread(SparkArray array, Source source) {
    long bytes = array.bytes();
    int parts = (int) Math.clamp(Math.ceilDiv(bytes, 64L << 20), 1, 1 << 16);
    List<List<Span>> owned = new ArrayList<>();
    for (Part part : Cuts.pieces(bytes, parts)) {
      owned.add(List.of(new Span(part.begin(), part.end())));
    }
    JavaRDD<Tuple2<Integer, Output>> pieces =
        new PartsRdd<Output>(context.sc(), owned.size(), List.of())
            .toJavaRDD()
            .mapPartitionsWithIndex(
                (number, none) -> {
                  Span span = owned.get(number).getFirst();
                  byte[] content = new byte[(int) span.bytes()];
                  try (var arena = java.lang.foreign.Arena.ofConfined()) {
                    MemorySegment memory = arena.allocate(content.length);
                    source.load(span.begin(), memory);
                    MemorySegment.ofArray(content).copyFrom(memory);
                  }
                  Output piece = new Piece(0, span.begin(), content);
                  return List.of(new Tuple2<>(number, piece)).iterator();
                },
                true);
    return new Content.Spread(
        new Content.Outputs(JavaPairRDD.fromJavaRDD(pieces)), 0, new Layout(owned));
  }

  /** Runs a kernel; see {@link SparkKernel#run}. */
  public SparkExecution run(SparkKernel kernel, NDRange range, SparkArguments arguments) {
    return kernel.run(range, arguments, options);
  }

  /** Frees what the driver holds; the context and the executors' sessions stay. */
  @Override
  public void close() {
    context.sc().removeSparkListener(losses);
    anyBuffer.close();
    planning.close();
  }
}
