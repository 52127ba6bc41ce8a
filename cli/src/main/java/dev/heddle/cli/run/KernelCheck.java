package dev.heddle.cli.run;

import dev.heddle.cli.data.Binder;
import dev.heddle.cli.spec.RunRequest;
import dev.heddle.cli.spec.RunWords;
import dev.heddle.compiler.analysis.LaunchAnalysis;
import dev.heddle.compiler.analysis.LaunchFacts;
import dev.heddle.compiler.analysis.LaunchShape;
import dev.heddle.compiler.analysis.SplitCertificate;
import dev.heddle.compiler.diagnostic.Diagnostic;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Op;
import dev.heddle.compiler.ir.Region;
import dev.heddle.runtime.api.Kernel;
import dev.heddle.runtime.api.Program;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.run.Execution;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be said of a kernel without running it.
 *
 * @param verdict along which dimension it may be split, or that it may not
 * @param reasons sentences from the certificate
 * @param targets the devices that refused the kernel, and why
 */
public record KernelCheck(
    String kernel, String verdict, List<String> reasons, Map<String, String> targets) {
  private static final String[] AXES = {"x", "y", "z"};

  public boolean compiles() {
    return targets.isEmpty();
  }

  /** Checks each kernel of a file; one with a default run in the header, for that run. */
  public static List<KernelCheck> of(
      Session session,
      String file,
      List<String> macros,
      List<String> includeFolders,
      Consumer<Diagnostic> warnings) {
    RunRequest request = RunRequest.of(RunWords.ofFile(file, macros, includeFolders));
    Program program =
        session.program(OpenClCompiler.compile(request.sources(), request.frontend(), warnings));
    Map<String, Execution> plans = plans(request, session, program);
    List<KernelCheck> checks = new ArrayList<>();
    for (Kernel kernel : program.kernels()) {
      Optional<Execution> plan = Optional.ofNullable(plans.get(kernel.name()));
      checks.add(plan.map(p -> planned(kernel, p)).orElseGet(() -> unplanned(kernel)));
    }
    return checks;
  }

  private static Map<String, Execution> plans(
      RunRequest request, Session session, Program program) {
    Map<String, Execution> plans = new LinkedHashMap<>();
    if (request.steps().stream().allMatch(step -> step.global().isEmpty())) {
      return plans;
    }
    try (Arena arena = Arena.ofShared()) {
      Binder binder = Binder.ofShapes(request, session, arena);
      for (RunRequest.Step step : request.steps()) {
        Kernel kernel = Runner.kernel(program, step);
        plans.put(
            kernel.name(),
            kernel.plan(binder.range(kernel, step), binder.bind(kernel, step), request.options()));
      }
    }
    return plans;
  }

  private static KernelCheck planned(Kernel kernel, Execution plan) {
    String verdict =
        plan.split().proven() ? "splits along " + plan.split().axis() : "runs on one device";
    return new KernelCheck(kernel.name(), verdict, plan.split().reasons(), kernel.refusals());
  }

  private static KernelCheck unplanned(Kernel kernel) {
    Function code = kernel.function();
    LaunchFacts facts =
        LaunchAnalysis.analyse(code, LaunchShape.unknown(code, dimensions(code.body())));
    List<String> reasons = new ArrayList<>();
    List<String> splits = new ArrayList<>();
    boolean open = false;
    for (SplitCertificate certificate : facts.certificates()) {
      if (certificate.splittable()) {
        splits.add(AXES[certificate.dimension()]);
      }
      open |= certificate.verdict() == SplitCertificate.Verdict.DECIDED_AT_LAUNCH;
      certificate
          .reasons()
          .forEach(reason -> reasons.add(AXES[certificate.dimension()] + ": " + reason));
    }
    String verdict =
        !splits.isEmpty()
            ? "splits along " + String.join(", ", splits)
            : open ? "is decided at launch" : "runs on one device";
    return new KernelCheck(kernel.name(), verdict, reasons, kernel.refusals());
  }

  /** The dimensions that the kernel asks about: 1 to 3. */
  private static int dimensions(Region region) {
    int most = 1;
    for (Op op : region.ops()) {
      int here =
          switch (op) {
            case Op.Query query -> query.dimension() + 1;
            case Op.If branch ->
                Math.max(dimensions(branch.thenRegion()), dimensions(branch.elseRegion()));
            case Op.Loop loop -> dimensions(loop.body());
            default -> 1;
          };
      most = Math.max(most, here);
    }
    return most;
  }
}
