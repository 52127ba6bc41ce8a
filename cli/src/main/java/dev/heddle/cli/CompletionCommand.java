package dev.heddle.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a script that completes words; both shells read the same one. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    addMethodSubcommands = false,
    description = "Print a completion script: source <(heddle completion bash)")
final class CompletionCommand implements Callable<Integer> {
  /** The shells that there is a script for. */
  enum Shell {
    bash,
    zsh
  }

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.bash;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (shell == Shell.zsh) {
      System.out.println("autoload -U +X compinit && compinit");
      System.out.println("autoload -U +X bashcompinit && bashcompinit");
    }
    System.out.print(AutoComplete.bash("heddle", spec.root().commandLine()));
    return ExitCode.OK;
  }
}
