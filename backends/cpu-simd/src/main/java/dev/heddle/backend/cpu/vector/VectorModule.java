package dev.heddle.backend.cpu.vector;

import java.lang.reflect.Method;
import java.util.Optional;

/**
 * Makes the Vector API's module usable: readable by this module, and open to it.
 *
 * <p>A JVM that resolves an incubator module at start prints a warning and gives up its archived
 * module graph, which costs start-up time. Where {@code java.base/jdk.internal.module} is exported
 * to us ({@link #EXPORT_FLAG}), the module is loaded when it is first needed instead, by the same
 * method that the JVM uses for modules that are needed late.
 */
public final class VectorModule {
  /** The flag that lets the module be loaded late. */
  public static final String EXPORT_FLAG =
      "--add-exports java.base/jdk.internal.module=dev.heddle.backend.cpu";

  private static final String NAME = "jdk.incubator.vector";

  /** The flag that lets classes be defined in the package of the Vector API. */
  static final String OPEN_FLAG =
      "--add-opens "
          + NAME
          + "/"
          + NAME
          + "="
          + (VectorModule.class.getModule().isNamed()
              ? VectorModule.class.getModule().getName()
              : "ALL-UNNAMED");

  /** The flags that give the process the vector tier. */
  static final String FLAGS = "--add-modules " + NAME + " " + OPEN_FLAG;

  private static final String INTERNAL = "jdk.internal.module";
  private static final Optional<Module> MODULE = find();

  private VectorModule() {}

  /** Whether the Vector API can be used. */
  public static boolean available() {
    return MODULE.isPresent();
  }

  /**
   * Whether classes can be defined inside the Vector API's package, which is what keeps C2 from
   * losing exact vector classes.
   */
  public static boolean open() {
    return MODULE.map(m -> m.isOpen(NAME, VectorModule.class.getModule())).orElse(false);
  }

  private static Optional<Module> find() {
    Module own = VectorModule.class.getModule();
    Optional<Module> boot = ModuleLayer.boot().findModule(NAME);
    boot.ifPresent(own::addReads);
    return boot.isPresent() ? boot : loadLate(own);
  }

  private static Optional<Module> loadLate(Module own) {
    if (!Object.class.getModule().isExported(INTERNAL, own)) {
      return Optional.empty();
    }
    try {
      Class<?> modules = Class.forName(INTERNAL + ".Modules");
      Method load = modules.getMethod("loadModule", String.class);
      Method open = modules.getMethod("addOpens", Module.class, String.class, Module.class);
      Module loaded = (Module) load.invoke(null, NAME);
      own.addReads(loaded);
      open.invoke(null, loaded, NAME, own);
      return Optional.of(loaded);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // a JDK without the module, or one whose internals differ: scalar code then
      System.getLogger(VectorModule.class.getName())
          .log(System.Logger.Level.DEBUG, "the Vector API's module cannot be loaded", e);
      return Optional.empty();
    }
  }
}
