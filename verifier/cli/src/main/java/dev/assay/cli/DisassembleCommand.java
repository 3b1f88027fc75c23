package dev.assay.cli;

import dev.assay.platform.LinuxPlatform;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay disasm}. */
@Command(
    name = "disasm",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Prints the programs of objects in RFC 9669's assembly, linked, with their C lines.")
final class DisassembleCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "BPF object files.")
  private List<String> files = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  DisassembleCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    ProgramListing listing = new ProgramListing(LinuxPlatform.load(), streams.out());
    return new ProgramWalk(input.objects(files), input.selection(), streams.err())
        .visit(listing::print);
  }
}
