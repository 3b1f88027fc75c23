package dev.assay.cli;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class HelpOption {
  @SuppressWarnings("unused") // Picocli reads it.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;
}
