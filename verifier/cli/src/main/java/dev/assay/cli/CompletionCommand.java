package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay completion}. */
@Command(
    name = "completion",
    description = "Prints a script that completes the command's words.",
    footer = "%nFor this shell: source <(assay completion bash)")
final class CompletionCommand implements Callable<Integer> {
  private final Streams streams;

  @SuppressWarnings("unused") // There is one script for both shells.
  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private Shell shell = Shell.BASH;

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  CompletionCommand(Streams streams) {
    this.streams = streams;
  }

  /** The shells that there is a script for; it is the same one, which tells by itself. */
  enum Shell {
    BASH,
    ZSH
  }

  @Override
  public Integer call() {
    streams.out().println(AutoComplete.bash("assay", Main.commandLine(streams)));
    return ExitStatus.DONE;
  }
}
