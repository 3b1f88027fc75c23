package dev.assay.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code assay run}. */
@Command(
    name = "run",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Verifies a program and runs it on given input.")
final class RunCommand implements Callable<Integer> {
  RunCommand(Streams streams) {}

  @Override
  public Integer call() throws UsageException {
    throw new UsageException("there is no interpreter in this build");
  }
}
