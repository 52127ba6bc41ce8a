package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that reads {@code run --json} learns of a fault from the JSON, as from the code. */
class FaultJsonTest {
  @Test
  void faultIsInTheObject(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("far.cl");
    Files.writeString(
        file,
        "kernel void far(global int* y) {\n  size_t i = get_global_id(0);\n  y[i + 3] = 1;\n}");
    PrintStream before = System.out;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      String[] words = {"run", file.toString(), "-d", "cpu", "-g", "8", "y=zeros(8)", "--json"};
      code = Main.commandLine(words).execute(words);
    } finally {
      System.setOut(before);
    }
    String json = out.toString(StandardCharsets.UTF_8);
    assertEquals(ExitCode.KERNEL_FAULT, code, json);
    assertTrue(json.contains("\"kind\" : \"out_of_bounds\""), json);
    assertTrue(json.contains("\"line\" : 3"), json);
    assertTrue(json.contains("\"index\" : 8"), json);
    assertTrue(json.contains("\"outputs\" : [ ]"), json);
  }
}
