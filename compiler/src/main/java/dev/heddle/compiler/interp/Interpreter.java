package dev.heddle.compiler.interp;

import dev.heddle.compiler.ir.Function;
import dev.heddle.compiler.ir.Root;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Runs a prepared kernel: no calls, no builtin functions. Each work-group runs in lock step;
 * atomics are performed item by item in the order of their local ids.
 */
public final class Interpreter {
  private final InterpLaunch launch;
  private final Grid grid;
  private final Group group;
  private final Map<Root, Binding> bindings;
  private final MemoryStep.Context context;
  private final Machine machine;
  private final Ids ids;

  private Interpreter(Function kernel, InterpLaunch launch, InterpOptions options) {
    this.launch = launch;
    this.grid = new Grid(launch);
    this.group = new Group(grid);
    int items = launch.itemsPerGroup();
    Slots slots = new Slots(items);
    bindings =
        new Bindings(kernel, items, options.detectUninitialised()).bind(launch.arguments(), slots);
    Reports reports = new Reports(kernel);
    RaceDetector races = options.detectRaces() ? new RaceDetector(group, reports) : null;
    context = new MemoryStep.Context(group, reports, options.bounds(), races);
    Steps steps = new Steps(slots, context, bindings);
    Instruction[] code = new Assembler(slots, steps).assemble(kernel.body());
    ids = new Ids(grid, steps.queries(), slots);
    machine = new Machine(code, group, reports, options, items);
  }

  /**
   * Runs the selected groups, one after the other. Buffers are changed in place.
   *
   * @throws InterpreterException if the kernel is not prepared or the arguments do not fit it
   */
  public static InterpResult run(Function kernel, InterpLaunch launch, InterpOptions options) {
    return new Interpreter(kernel, launch, options).run();
  }

  private InterpResult run() {
    LongStream selected =
        launch
            .groups()
            .map(LongStream::of)
            .orElseGet(() -> LongStream.range(0, launch.groupCount()));
    selected.takeWhile(this::runGroup).forEach(done -> {});
    return context.reports().result(machine.outcome(), machine.operations());
  }

  private boolean runGroup(long linear) {
    group.start(linear);
    ids.startGroup(linear);
    bindings.values().forEach(Binding::startGroup);
    RaceDetector races = context.races();
    if (races != null) {
      races.startGroup(bindings.values());
    }
    return machine.runGroup(grid.items(linear));
  }
}
