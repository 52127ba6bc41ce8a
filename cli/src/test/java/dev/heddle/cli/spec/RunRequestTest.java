package dev.heddle.cli.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {
  @TempDir Path folder;

  private RunRequest request(String source, String... words) throws IOException {
    Path file = folder.resolve("kernel.cl");
    Files.writeString(file, source);
    List<String> all = new java.util.ArrayList<>(List.of(file.toString()));
    all.addAll(List.of(words));
    return RunRequest.of(RunWords.parse(all));
  }

  @Test
  void commandLineWinsOverTheHeader() throws IOException {
    RunRequest request =
        request("// heddle: -k f -g n n=8 x=zeros(n) -o x\n// expect: sum(x) ~ 0 0\n", "n=16");
    assertEquals("16", request.values().get("n"));
    assertEquals("zeros(n)", request.values().get("x"));
    assertEquals(Optional.of("f"), request.steps().getFirst().kernel());
    assertEquals(List.of("n"), request.steps().getFirst().global());
    assertEquals(List.of(new RunRequest.Output("x", Optional.empty())), request.outputs());
    assertTrue(request.expectations().isEmpty(), "they hold for the header's own values alone");
  }

  @Test
  void stepsAreLaunchesInOrder() throws IOException {
    RunRequest request =
        request("// heddle: n=4 t=zeros(n)\n// step: -k a -g n x=t\n// step: -k b -g 1 y=t\n");
    assertEquals(2, request.steps().size());
    assertEquals("t", request.steps().get(1).bindings().get("y"));
    assertEquals(
        Optional.of("b"),
        request("// heddle: n=4\n// step: -k a -g n\n", "-k", "b").steps().getFirst().kernel());
  }

  @Test
  void filesInAHeaderLieBesideTheKernelFile() throws IOException {
    RunRequest request = request("// heddle: x=@data.npy\n");
    assertEquals("@" + folder.resolve("data.npy"), request.values().get("x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--timeout 5",
        "--timeout -1s",
        "--timeout xs",
        "--math exact",
        "--bounds none",
        "--split cpu",
        "--repeat 0",
        "--iterate 0",
        "--cpu-threads 0",
        "--swap a",
        "-o a -o a",
        "n=1 n=2",
        "-I no/such/folder"
      })
  void misusedOptionsAreErrors(String words) {
    assertThrows(
        dev.heddle.compiler.diagnostic.HeddleException.class, () -> request("", words.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o x=/tmp/file.npy", "-I /etc", "other.cl", "--no-such-option"})
  void aHeaderMayNotReachOut(String words) {
    assertThrows(UsageException.class, () -> request("// heddle: " + words + "\n"));
  }

  @Test
  void includesOutsideTheFolderAreRefused() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.h"), "int x;");
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Path file = Files.writeString(inner.resolve("k.cl"), "");
    SourceLoader loader = SourceLoader.of(List.of(file.toString()), List.of());
    for (String header : List.of("../secret.h", secret.toString(), "/etc/passwd")) {
      var answer = loader.resolve(header, file.toString(), false);
      assertTrue(
          answer instanceof dev.heddle.compiler.frontend.opencl.IncludeResolver.Answer.Refused,
          header + ": " + answer);
    }
    Files.createSymbolicLink(inner.resolve("link.h"), secret);
    assertTrue(
        loader.resolve("link.h", file.toString(), false)
            instanceof dev.heddle.compiler.frontend.opencl.IncludeResolver.Answer.Refused);
  }
}
