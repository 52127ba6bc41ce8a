package dev.heddle.spark.task;

import dev.heddle.compiler.ir.IrParser;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;

/**
 * The session of this executor's JVM: opened by the first task that needs it, closed when the JVM
 * ends. Programs are parsed and compiled once.
 */
final class ExecutorSession {
  /** More programs are forgotten. */
  private static final int MOST_PROGRAMS = 64;

  private static final Pattern CORES = Pattern.compile("ExecutorBackend .*--cores (\\d{1,6})\\b");

  private static final Map<DeviceSelector, ExecutorSession> OPEN = new HashMap<>();

  private final Session session;
  private final Map<String, Program> programs =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Program> eldest) {
          return size() > MOST_PROGRAMS;
        }
      };

  private ExecutorSession(Session session) {
    this.session = session;
  }

  /**
   * The session of this JVM for jobs on those devices; jobs nearly always name the same.
   *
   * @param cpuThreads worker threads of the CPU device if it is opened now; 0: as many as an
   *     executor has cores
   */
  static synchronized ExecutorSession get(DeviceSelector devices, int cpuThreads) {
    return OPEN.computeIfAbsent(devices, named -> open(named, cpuThreads));
  }

  private static ExecutorSession open(DeviceSelector devices, int cpuThreads) {
    int threads = cpuThreads > 0 ? cpuThreads : cores();
    ExecutorSession made =
        new ExecutorSession(
            Session.open(SessionOptions.DEFAULT.withCpuThreads(threads).on(devices)));
    Runtime.getRuntime().addShutdownHook(new Thread(made.session::close, "heddle-close"));
    return made;
  }

  /** Cores that Spark gave this executor; 0 if it does not say. */
  private static int cores() {
    TaskContext task = TaskContext.get();
    int ofTask = task == null ? 0 : task.cpus();
    SparkEnv environment = SparkEnv.get();
    int ofExecutor =
        environment == null
            ? 0
            : environment
                .conf()
                .getInt(
                    "spark.executor.cores", coresOf(System.getProperty("sun.java.command", "")));
    return Math.max(ofTask, ofExecutor);
  }

  /**
   * Where the setting is missing, a standalone cluster gives an executor all cores of its worker,
   * and says so only in the command that starts the executor.
   */
  static int coresOf(String command) {
    Matcher given = CORES.matcher(command);
    return given.find() ? Integer.parseInt(given.group(1)) : 0;
  }

  Session session() {
    return session;
  }

  Kernel kernel(JobSpec.Launch launch) {
    return program(launch.code()).kernel(launch.kernel());
  }

  private synchronized Program program(String code) {
    return programs.computeIfAbsent(code, text -> session.program(IrParser.parse(text)));
  }
}
