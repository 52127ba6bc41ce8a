package dev.heddle.runtime.api;

import dev.heddle.compiler.frontend.opencl.FrontendOptions;
import dev.heddle.compiler.frontend.opencl.OpenClCompiler;
import dev.heddle.compiler.frontend.opencl.SourceFile;
import dev.heddle.compiler.ir.ElementType;
import dev.heddle.runtime.exec.AbsentDevice;
import dev.heddle.runtime.exec.DeviceView;
import dev.heddle.runtime.exec.Engine;
import dev.heddle.runtime.exec.HostMemory;
import dev.heddle.runtime.exec.ManagedBuffer;
import dev.heddle.runtime.exec.Selection;
import dev.heddle.runtime.learn.CorrectionStore;
import dev.heddle.runtime.learn.Corrections;
import dev.heddle.runtime.profile.Calibration;
import dev.heddle.runtime.profile.DeviceProfile;
import dev.heddle.runtime.profile.Prior;
import dev.heddle.runtime.profile.ProfileKey;
import dev.heddle.runtime.profile.ProfileStore;
import dev.heddle.runtime.profile.RecordedDevice;
import dev.heddle.runtime.run.DeviceSelector;
import dev.heddle.runtime.run.NDRange;
import dev.heddle.runtime.run.Part;
import dev.heddle.runtime.run.RunException;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.Timeline;
import dev.heddle.runtime.spi.BackendProvider;
import dev.heddle.runtime.spi.CompileOptions;
import dev.heddle.runtime.spi.Device;
import dev.heddle.runtime.spi.DeviceInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The machine's devices, opened. Safe for use from several threads. */
public final class Session extends Offload implements AutoCloseable {
  private static final long CALIBRATION_NANOS = 2_000_000_000L;

  private final boolean keep;
  private final Engine engine;
  private final ProfileStore profiles;
  private final SessionResources resources;
  private final Cleaner.Cleanable cleanable;
  private final List<BackendProvider> providers;
  private final List<String> notes;
  private final List<String> postponed;
  private final Lambdas lambdas = new Lambdas(this);
  private final AsyncRuns asyncRuns = new AsyncRuns();
  private final Map<Class<?>, Object> kept = new ConcurrentHashMap<>();

  private Session(
      boolean keep,
      Engine engine,
      ProfileStore profiles,
      CorrectionStore corrections,
      List<BackendProvider> providers,
      List<String> notes,
      List<String> postponed) {
    this.keep = keep;
    this.engine = engine;
    this.profiles = profiles;
    this.resources = new SessionResources(engine, corrections, keep);
    this.cleanable = SessionResources.CLEANER.register(this, resources);
    this.providers = List.copyOf(providers);
    this.notes = List.copyOf(notes);
    this.postponed = List.copyOf(postponed);
  }

  /** Finds and opens the devices that the options ask for. */
  public static Session open(SessionOptions options) {
    List<String> notes = new ArrayList<>();
    return open(options, providers(notes), notes);
  }

  private static List<BackendProvider> providers(List<String> notes) {
    List<BackendProvider> providers = new ArrayList<>();
    try {
      ServiceLoader.load(BackendProvider.class).forEach(providers::add);
    } catch (ServiceConfigurationError e) {
      notes.add("a back end could not be loaded: " + e.getMessage());
    }
    return providers;
  }

  /** Opens the devices of those back ends alone. */
  public static Session open(SessionOptions options, List<BackendProvider> providers) {
    return open(options, providers, new ArrayList<>());
  }

  /**
   * A session that can plan for devices that are not here, and run nothing. The listings of all
   * back ends are there, since they need no device.
   */
  public static Session planning(List<RecordedDevice> devices) {
    List<DeviceView> views = new ArrayList<>();
    for (RecordedDevice device : devices) {
      Device absent = new AbsentDevice(device.info());
      views.add(new DeviceView(views.size(), absent, device.profile()));
    }
    Path folder = SessionOptions.DEFAULT.keptIn();
    Engine engine = new Engine(views, new Corrections());
    List<String> notes = new ArrayList<>();
    List<BackendProvider> providers = providers(notes);
    return new Session(
        false,
        engine,
        new ProfileStore(folder),
        new CorrectionStore(folder),
        providers,
        notes,
        List.of());
  }

  /** The devices of this session, for {@link #planning} elsewhere. */
  public List<RecordedDevice> record() {
    return engine.views().stream()
        .map(view -> new RecordedDevice(view.info(), view.profile()))
        .toList();
  }

  private static Session open(
      SessionOptions options, List<BackendProvider> providers, List<String> notes) {
    Path folder = options.keptIn();
    ProfileStore profiles = new ProfileStore(folder);
    CorrectionStore corrections = new CorrectionStore(folder);
    List<DeviceView> views = new ArrayList<>();
    List<String> postponed = new ArrayList<>();
    Asked asked = Asked.of(options.devices(), providers);
    for (BackendProvider provider : providers) {
      if (!asked.includes(provider)) {
        continue;
      }
      boolean hurried = options.hurried() && !asked.byName(provider);
      BackendProvider.Probe probe =
          provider.probe(new BackendProvider.ProbeOptions(options.cpuThreads(), hurried));
      notes.addAll(probe.notes());
      if (probe.postponed()) {
        postponed.addAll(probe.notes());
      }
      for (Device device : probe.devices()) {
        views.add(new DeviceView(views.size(), device, profile(device, options, profiles)));
      }
    }
    Engine engine = new Engine(views, options.keep() ? corrections.load() : new Corrections());
    return new Session(options.keep(), engine, profiles, corrections, providers, notes, postponed);
  }

  private static DeviceProfile profile(
      Device device, SessionOptions options, ProfileStore profiles) {
    Optional<DeviceProfile> kept =
        options.keep() ? profiles.find(ProfileKey.of(device.info())) : Optional.empty();
    return kept.orElseGet(() -> Prior.of(device.info()));
  }

  /** Opens all devices, with the default options. */
  public static Session open() {
    return open(SessionOptions.DEFAULT);
  }

  /** This session's lambdas, run with those options. */
  public Offload with(LambdaOptions options) {
    return new OffloadView(lambdas, options);
  }

  AsyncRuns asyncRuns() {
    return asyncRuns;
  }

  @Override
  Lambdas lambdas() {
    return lambdas;
  }

  @Override
  LambdaOptions lambdaOptions() {
    return LambdaOptions.DEFAULT;
  }

  Engine engine() {
    return engine;
  }

  /** All devices that were found, in a stable order. */
  public List<DeviceInfo> devices() {
    return engine.views().stream().map(DeviceView::info).toList();
  }

  /**
   * The devices that {@code selector} names.
   *
   * @throws RunException NO_SUCH_DEVICE, saying which there are
   */
  public List<DeviceInfo> devices(DeviceSelector selector) {
    return Selection.of(selector, engine.views()).stream()
        .map(selected -> selected.view().info())
        .toList();
  }

  /** Has all that runs do noted in a timeline from now on. */
  public void note(Timeline timeline) {
    engine.note(timeline);
  }

  /** What was left out and why, one sentence each. */
  public List<String> notes() {
    return notes;
  }

  /**
   * Which devices were left out in a hurry, one sentence each. A session that is not in a hurry
   * admits them, and they are remembered.
   */
  public List<String> postponed() {
    return postponed;
  }

  /** The devices that were given up since the session was opened, and why, a sentence each. */
  public List<String> lost() {
    return engine.views().stream()
        .flatMap(view -> view.lost().stream().map(why -> view.id() + " was given up: " + why))
        .toList();
  }

  /** How fast a device is, as far as that is known. */
  public DeviceProfile profile(String device) {
    return view(device).profile();
  }

  /**
   * Measures the devices, one after the other, about two seconds for each, and keeps the profiles.
   *
   * @throws RunException NO_SUCH_DEVICE
   */
  public List<DeviceProfile> calibrate(DeviceSelector selector) {
    List<DeviceProfile> measured = new ArrayList<>();
    for (Selection.Selected selected : Selection.of(selector, engine.views())) {
      DeviceView view = selected.view();
      view.use(Calibration.measure(view.device(), CALIBRATION_NANOS));
      measured.add(view.profile());
    }
    if (keep) {
      profiles.keep(measured);
    }
    return measured;
  }

  /**
   * A device itself, to measure it apart from the runtime. What is done with it the session neither
   * sees nor orders with its own runs.
   *
   * @throws RunException NO_SUCH_DEVICE
   */
  public Device device(String id) {
    return view(id).device();
  }

  private DeviceView view(String device) {
    return Selection.of(DeviceSelector.parse(device), engine.views()).getFirst().view();
  }

  /**
   * Compiles OpenCL C sources as one program, in order.
   *
   * @throws dev.heddle.compiler.diagnostic.CompileException with everything that was found
   */
  public Program compile(List<SourceFile> sources, FrontendOptions options) {
    return program(OpenClCompiler.compile(sources, options));
  }

  /**
   * Compiles OpenCL C files as one program, in order. They include no other files; for that and for
   * macros see {@link #compile}.
   *
   * @throws dev.heddle.compiler.diagnostic.CompileException with everything that was found
   */
  public Program load(Path... files) {
    List<SourceFile> sources = new ArrayList<>();
    for (Path file : files) {
      try {
        sources.add(new SourceFile(file.toString(), java.nio.file.Files.readString(file)));
      } catch (java.io.IOException e) {
        throw RunException.usage("the kernel file " + file + " can't be read: " + e.getMessage());
      }
    }
    return compile(sources, FrontendOptions.DEFAULT);
  }

  /**
   * What a library keeps with this session, such as programs it compiled: of each class one, made
   * when it is first asked for.
   */
  public <T> T kept(Class<T> type, Function<Session, T> make) {
    return type.cast(kept.computeIfAbsent(type, absent -> make.apply(this)));
  }

  /** The kernels of a compiled program. */
  public Program program(dev.heddle.compiler.ir.Program program) {
    return new Program(this, program);
  }

  /** The names of the code that the back ends generate, such as {@code jvm} and {@code opencl}. */
  public List<String> targets() {
    return providers.stream().map(BackendProvider::target).toList();
  }

  /**
   * The code that the back end with that target generates for a kernel, all accesses guarded; empty
   * if there is no such target. Needs no device.
   */
  public Optional<String> listing(String target, Kernel kernel, CompileOptions options) {
    return providers.stream()
        .filter(provider -> provider.target().equals(target))
        .findFirst()
        .map(provider -> provider.listing(kernel.code(options.math()).function(), options));
  }

  /**
   * A buffer of zeroes in memory of its own, aligned to 64 bytes.
   *
   * @throws RunException OUT_OF_MEMORY
   */
  public Buffer allocate(long bytes) {
    if (bytes < 0) {
      throw RunException.usage("a buffer can't have " + bytes + " bytes");
    }
    return window(bytes, 0, bytes);
  }

  /**
   * Windows begin at multiples of this many bytes, so that what is aligned in a buffer stays so.
   */
  public static final long WINDOW_ALIGNMENT = 256;

  /**
   * A window, of zeroes, of a buffer of {@code bytes} bytes: {@code length} bytes from {@code
   * start} on, in memory of its own. Kernels see a buffer of {@code bytes} bytes; parts of launches
   * ({@link Kernel#run(NDRange, Part, Arguments, RunOptions)}) may use it if they touch the window
   * alone. {@link Buffer#read} and {@link Buffer#write} give the window.
   *
   * @param start a multiple of {@link #WINDOW_ALIGNMENT}
   * @throws RunException OUT_OF_MEMORY; USAGE if it does not lie in the buffer
   */
  public Buffer window(long bytes, long start, long length) {
    if (start < 0 || length < 0 || start > bytes - length || start % WINDOW_ALIGNMENT != 0) {
      throw RunException.usage(
          "a buffer of %,d bytes has no window of %,d bytes from %,d on (windows begin at multiples of %d)"
              .formatted(bytes, length, start, WINDOW_ALIGNMENT));
    }
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = HostMemory.allocate(arena, length);
      return track(new ManagedBuffer(bytes, start, memory, arena, engine.views()));
    } catch (RunException e) {
      arena.close();
      throw e;
    }
  }

  /**
   * A buffer over native memory of the caller, such as a mapped file, which must stay alive as long
   * as the buffer, start at a multiple of 64 bytes and be part of no other buffer. Read-only memory
   * is good for buffers that kernels only read.
   */
  public Buffer wrap(MemorySegment memory) {
    if (!memory.isNative()) {
      throw RunException.usage("a buffer wraps native memory, not a Java array");
    }
    if (memory.address() % HostMemory.ALIGNMENT != 0) {
      throw RunException.usage(
          "memory for a buffer must start at a multiple of " + HostMemory.ALIGNMENT + " bytes");
    }
    if (resources.overlaps(memory)) {
      throw RunException.usage("the memory is part of another buffer");
    }
    return track(new ManagedBuffer(memory, null, engine.views()));
  }

  /** A buffer that is a Java array, for one run; not among those that the session closes. */
  Buffer over(Object array) {
    return Buffer.passing(this, new ManagedBuffer(ArrayStage.segment(array), null, engine.views()));
  }

  /** An array of that many zeroes that stays on the devices. */
  public FloatArray floats(long size) {
    return new FloatArray(SessionArray.allocate(this, size, ElementType.FLOAT));
  }

  /** The same with those elements. */
  public FloatArray floats(float[] values) {
    return floats(values.length).copyFrom(values);
  }

  /** The same with the elements of a .npy file of that type, of any shape, row after row. */
  public FloatArray floats(Path npy) {
    return new FloatArray(SessionArray.load(this, npy, ElementType.FLOAT));
  }

  /** An array of that many zeroes that stays on the devices. */
  public DoubleArray doubles(long size) {
    return new DoubleArray(SessionArray.allocate(this, size, ElementType.DOUBLE));
  }

  /** The same with those elements. */
  public DoubleArray doubles(double[] values) {
    return doubles(values.length).copyFrom(values);
  }

  /** The same with the elements of a .npy file of that type, of any shape, row after row. */
  public DoubleArray doubles(Path npy) {
    return new DoubleArray(SessionArray.load(this, npy, ElementType.DOUBLE));
  }

  /** An array of that many zeroes that stays on the devices. */
  public IntArray ints(long size) {
    return new IntArray(SessionArray.allocate(this, size, ElementType.INT));
  }

  /** The same with those elements. */
  public IntArray ints(int[] values) {
    return ints(values.length).copyFrom(values);
  }

  /** The same with the elements of a .npy file of that type, of any shape, row after row. */
  public IntArray ints(Path npy) {
    return new IntArray(SessionArray.load(this, npy, ElementType.INT));
  }

  /** An array of that many zeroes that stays on the devices. */
  public LongArray longs(long size) {
    return new LongArray(SessionArray.allocate(this, size, ElementType.LONG));
  }

  /** The same with those elements. */
  public LongArray longs(long[] values) {
    return longs(values.length).copyFrom(values);
  }

  /** The same with the elements of a .npy file of that type, of any shape, row after row. */
  public LongArray longs(Path npy) {
    return new LongArray(SessionArray.load(this, npy, ElementType.LONG));
  }

  private Buffer track(ManagedBuffer managed) {
    return Buffer.kept(this, managed, resources);
  }

  /** Closes its buffers and devices. A session that is forgotten is closed when it is found. */
  @Override
  public void close() {
    cleanable.clean();
  }
}
