package dev.assay.cli;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.DotWriter;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.graph.TextListing;
import dev.assay.object.BpfProgram;
import dev.assay.report.Printable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay cfg}. */
@Command(
    name = "cfg",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Prints the control flow of the programs of objects.")
final class GraphCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "BPF object files.")
  private List<String> files = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text, or dot for Graphviz; default: text.")
  private Format format = Format.TEXT;

  GraphCommand(Streams streams) {
    this.streams = streams;
  }

  /** How graphs are written. */
  enum Format {
    TEXT,
    DOT
  }

  @Override
  public Integer call() throws Exception {
    return new ProgramWalk(input.objects(files), input.selection(), streams.err())
        .visit((file, object, program) -> print(file, program, format, streams.out()));
  }

  /** Writes the graph of each function of a program. */
  static void print(ObjectFile file, BpfProgram program, Format format, PrintWriter out)
      throws IOException {
    String title = Printable.of(
        "%s in %s of %s".formatted(program.function(), program.section(), file.name()));
    out.println((format == Format.DOT ? "// " : "; ") + title);
    try {
      for (FunctionGraph function : ControlFlowGraph.of(program).functions()) {
        switch (format) {
          case TEXT -> TextListing.write(function, out);
          case DOT -> DotWriter.write(function, out);
        }
      }
    } catch (MalformedGraphException e) {
      out.println((format == Format.DOT ? "// " : "; ") + "no control flow: " + e.getMessage());
    }
  }
}
