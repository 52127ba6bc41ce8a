package dev.heddle.backend.cuda;

import dev.heddle.runtime.support.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;

/** NVIDIA's PTX compiler, which needs neither a driver nor a device. */
final class PtxCompiler {
  private static final Pattern USED = Pattern.compile("Used (\\d+) registers");
  private static final Pattern SHARED = Pattern.compile("(\\d+) bytes smem");
  private static final Pattern STORES = Pattern.compile("(\\d+) bytes spill stores");
  private static final Pattern LOADS = Pattern.compile("(\\d+) bytes spill loads");

  static {
    String name = NativeLibrary.fileName("JNvPTXCompiler-12.6.0");
    try {
      NativeLibrary.initialise(
          "jcuda.nvptxcompiler.JNvPTXCompiler",
          PtxCompiler.class.getClassLoader(),
          NativeLibrary.unpack(
              PtxCompiler.class.getResourceAsStream("/lib/" + name), name, "cuda-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PtxCompiler() {}

  /**
   * What the compiler says of a kernel.
   *
   * @param error its words, empty if it took the kernel
   * @param spilled bytes moved to memory for want of registers, stores and loads together
   */
  record Verdict(String error, int registers, int shared, int spilled) {}

  static Verdict compile(String ptx, int capability) {
    nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
    byte[] source = (ptx + '\0').getBytes(StandardCharsets.UTF_8);
    check(JNvPTXCompiler.nvPTXCompilerCreate(compiler, source.length, source));
    try {
      String[] options = {"--gpu-name=sm_" + capability, "--verbose"};
      int code = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
      if (code != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
        return new Verdict(nvPTXCompileResult.stringFor(code) + ": " + errors(compiler), 0, 0, 0);
      }
      String log = information(compiler);
      return new Verdict(
          "", number(USED, log), number(SHARED, log), number(STORES, log) + number(LOADS, log));
    } finally {
      check(JNvPTXCompiler.nvPTXCompilerDestroy(compiler));
    }
  }

  private static int number(Pattern pattern, String log) {
    Matcher matcher = pattern.matcher(log);
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static String errors(nvPTXCompilerHandle compiler) {
    long[] size = new long[1];
    check(JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size));
    byte[] text = new byte[(int) size[0] + 1];
    check(JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, text));
    return new String(text, StandardCharsets.UTF_8).trim();
  }

  private static String information(nvPTXCompilerHandle compiler) {
    long[] size = new long[1];
    check(JNvPTXCompiler.nvPTXCompilerGetInfoLogSize(compiler, size));
    byte[] text = new byte[(int) size[0] + 1];
    check(JNvPTXCompiler.nvPTXCompilerGetInfoLog(compiler, text));
    return new String(text, StandardCharsets.UTF_8).trim();
  }

  private static void check(int code) {
    if (code != nvPTXCompileResult.NVPTXCOMPILE_SUCCESS) {
      throw new IllegalStateException(nvPTXCompileResult.stringFor(code));
    }
  }
}
