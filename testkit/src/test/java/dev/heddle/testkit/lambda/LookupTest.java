package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.frontend.java.LiftException;
import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Offload;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.run.DeviceSelector;
import java.lang.invoke.MethodHandles;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lambda in a module that opens its packages to nobody. */
class LookupTest {
  private static final String SOURCE =
      """
      package user;
      public final class Scaled
          implements java.util.function.BiConsumer<dev.heddle.runtime.api.Offload, float[]>,
              java.util.function.Supplier<java.lang.invoke.MethodHandles.Lookup> {
        private float factor = 3;
        private static int shift = 2;
        public void accept(dev.heddle.runtime.api.Offload on, float[] out) {
          on.parallelFor(out.length, i -> out[i] = factor * i + shift);
        }
        public java.lang.invoke.MethodHandles.Lookup get() {
          return java.lang.invoke.MethodHandles.lookup();
        }
      }
      """;

  @TempDir Path folder;

  private Object scaled() throws Exception {
    Path source = folder.resolve("src/user/Scaled.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, SOURCE);
    Path module = folder.resolve("src/module-info.java");
    Files.writeString(module, "module user { exports user; }");
    String path = System.getProperty("java.class.path");
    String[] arguments = {
      "--add-reads",
      "user=ALL-UNNAMED",
      "-cp",
      path,
      "-d",
      folder.resolve("out").toString(),
      module.toString(),
      source.toString()
    };
    assertEquals(
        0, ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments), "compiles");
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(folder.resolve("out")), ModuleFinder.of(), Set.of("user"));
    ClassLoader own = LookupTest.class.getClassLoader();
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(configuration, List.of(ModuleLayer.boot()), own);
    Module user = layer.layer().findModule("user").orElseThrow();
    layer.addReads(user, own.getUnnamedModule());
    layer.addReads(user, Session.class.getModule());
    return Class.forName("user.Scaled", true, user.getClassLoader()).getConstructor().newInstance();
  }

  @Test
  @SuppressWarnings("unchecked")
  void fieldsOfAClosedModuleNeedALookup() throws Exception {
    Object scaled = scaled();
    BiConsumer<Offload, float[]> run = (BiConsumer<Offload, float[]>) scaled;
    MethodHandles.Lookup lookup = ((Supplier<MethodHandles.Lookup>) scaled).get();
    try (Session session =
        Session.open(SessionOptions.DEFAULT.forgetful().on(DeviceSelector.parse("cpu")))) {
      float[] out = new float[5];
      LiftException e = assertThrows(LiftException.class, () -> run.accept(session, out));
      assertTrue(e.getMessage().contains("withLookup"), e.getMessage());
      run.accept(session.with(LambdaOptions.DEFAULT.withLookup(lookup)), out);
      assertArrayEquals(new float[] {2, 5, 8, 11, 14}, out);
    }
  }
}
