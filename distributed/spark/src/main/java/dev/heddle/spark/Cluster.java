package dev.heddle.spark;

import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.RunException;
import dev.heddle.spark.task.ExecutorProfile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;

/** What must hold of a cluster and its settings, and who is in it. */
public final class Cluster {
  /** What every executor's JVM needs for Heddle's vector code. */
  public static final String JAVA_OPTIONS =
      "--add-modules jdk.incubator.vector"
          + " --add-opens jdk.incubator.vector/jdk.incubator.vector=ALL-UNNAMED"
          + " --enable-native-access=ALL-UNNAMED -XX:Tier3DelayOn=100000";

  /** With blocks of megabytes G1 marks the heap over and over, beside the kernels. */
  private static final String OWN_COLLECTOR = " -XX:+UseParallelGC";

  private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC\\b");
  private static final Pattern LOCAL_CLUSTER =
      Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

  /** Spark's executors do not start with less. */
  private static final int LEAST_MEGABYTES = 512;

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";
  private static final String TASK_GPUS = "spark.task.resource.gpu.amount";

  private Cluster() {}

  /**
   * The settings that Heddle needs, where the user has set none: executors' Java options, one task
   * at a time on each executor (Heddle uses all its cores itself), blocks of a few megabytes as
   * results.
   */
  public static SparkConf prepare(SparkConf conf) {
    String present = conf.get(EXECUTOR_OPTIONS, "");
    if (!present.contains("jdk.incubator.vector")) {
      String collector = COLLECTOR.matcher(present).find() ? "" : OWN_COLLECTOR;
      conf.set(EXECUTOR_OPTIONS, (JAVA_OPTIONS + collector + " " + present).strip());
    }
    // larger results take a way with several messages more
    conf.setIfMissing("spark.task.maxDirectResultSize", "8m");
    Matcher local = LOCAL_CLUSTER.matcher(conf.get("spark.master", ""));
    if (local.matches()) {
      int executors = Integer.parseInt(local.group(1));
      int cores = Integer.parseInt(local.group(2));
      int megabytes = Integer.parseInt(local.group(3));
      if (executors < 1 || cores < 1 || megabytes < LEAST_MEGABYTES) {
        throw RunException.usage(
            "local-cluster[%d,%d,%d]: use at least 1 executor, 1 core and %d MB"
                .formatted(executors, cores, megabytes, LEAST_MEGABYTES));
      }
      conf.setIfMissing("spark.executor.cores", Integer.toString(cores));
      conf.setIfMissing("spark.executor.memory", megabytes + "m");
      // jobs begin when all executors are there
      conf.setIfMissing("spark.cores.max", Integer.toString(executors * cores));
      conf.setIfMissing("spark.scheduler.minRegisteredResourcesRatio", "1.0");
      // executors run on the Java of the driver
      conf.setIfMissing("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }
    if (conf.contains("spark.executor.cores")) {
      conf.setIfMissing("spark.task.cpus", conf.get("spark.executor.cores"));
    }
    return conf;
  }

  /**
   * Refuses settings with which a job would hang or crash.
   *
   * @throws RunException USAGE, saying what to set
   */
  static void check(SparkConf conf) {
    String master = conf.get("spark.master", "");
    boolean local = master.equals("local") || master.startsWith("local[");
    if (local && conf.contains(TASK_GPUS)) {
      throw RunException.usage(
          TASK_GPUS
              + " is set, but with the master "
              + master
              + " Spark hands out no GPUs and every job would wait for ever; use"
              + " local-cluster[...] or a real cluster, or leave the setting out");
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)
        && !conf.contains("spark.executor.cores")) {
      throw RunException.usage(
          "with dynamic allocation set spark.executor.cores, so that Heddle knows what it may use");
    }
  }

  /** What the user should know of the settings, one sentence each. */
  static List<String> remarks(SparkConf conf) {
    List<String> remarks = new ArrayList<>();
    String cores = conf.get("spark.executor.cores", "");
    String ofTask = conf.get("spark.task.cpus", "1");
    if (!cores.isEmpty() && !cores.equals(ofTask)) {
      remarks.add(
          "spark.task.cpus is %s and spark.executor.cores %s: tasks share the cores of one session;"
                  .formatted(ofTask, cores)
              + " set both to the same number");
    }
    if (cores.isEmpty() && !conf.get("spark.master", "").startsWith("local")) {
      remarks.add(
          "spark.executor.cores is not set: tasks may share the cores of one session; set it and"
              + " spark.task.cpus to the cores of a machine");
    }
    Runtime.Version java = Runtime.version();
    if (java.feature() == 25 && java.update() < 3) {
      remarks.add(
          "Java " + java + " with the G1 collector may move pinned arrays; use 25.0.3 or later");
    }
    return remarks;
  }

  /** Asks each executor what it has: a task for each, at once. */
  static List<ExecutorProfile> executors(
      JavaSparkContext context, DeviceSelector devices, int cpuThreads) {
    int count = Math.max(1, registered(context));
    Map<String, ExecutorProfile> byName = new LinkedHashMap<>();
    List<Integer> numbers = new ArrayList<>(Collections.nCopies(count, 0));
    List<ExecutorProfile> found =
        context
            .parallelize(numbers, count)
            .mapPartitions(tasks -> List.of(ExecutorProfile.here(devices, cpuThreads)).iterator())
            .collect();
    found.forEach(profile -> byName.put(profile.executor(), profile));
    return List.copyOf(byName.values());
  }

  /** Executors that have registered; the driver is none. */
  public static int registered(JavaSparkContext context) {
    SparkExecutorInfo[] all = context.sc().statusTracker().getExecutorInfos();
    return all.length - 1;
  }
}
