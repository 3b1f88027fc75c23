package dev.assay.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command by itself: it only leads to others. */
@Command(
    name = "assay",
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Proves that BPF programs are memory-safe and terminate, and only then runs them.",
    versionProvider = Version.class,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:all programs are accepted, or what was asked for is done",
      "1:a program is rejected or undecided, or faulted when it ran",
      "2:bad usage, or something that cannot be read"
    })
final class AssayCommand {
  @SuppressWarnings("unused") // Picocli reads it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @SuppressWarnings("unused") // Picocli reads it.
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;
}
