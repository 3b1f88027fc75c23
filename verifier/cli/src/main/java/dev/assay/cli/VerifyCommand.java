package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.cli.config.ConfigurationFinder;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.report.JsonReport;
import dev.assay.report.Palette;
import dev.assay.report.Report;
import dev.assay.report.Summary;
import dev.assay.report.TextReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay verify}. */
@Command(
    name = VerifyCommand.NAME,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Proves that the programs of objects are memory-safe and terminate, or says what is"
            + " missing.",
    footer = "%nDefaults for long options may stand below [verify] in assay.toml.")
final class VerifyCommand implements Callable<Integer>, ConfiguredDefaults.Reader {
  static final String NAME = "verify";

  private static final int FINDINGS_SHOWN = 3;
  /** Options that say what a run is about, not how it goes: a configuration that set them would be a trap. */
  private static final Set<String> NOT_CONFIGURABLE =
      Set.of("help", "config", "section", "function", "type", "list", "output", "asm", "dot");

  private final Streams streams;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "BPF object files.")
  private List<String> files = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  @Mixin
  private DemandOptions demand = new DemandOptions();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text for people or json for programs; default: text.")
  private Format format = Format.TEXT;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes the report to this file instead of standard output.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      description = "Writes no report: the exit status is the answer.")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      description = "Shows all findings of a program, not only the first 3.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (on a terminal, unless NO_COLOR is set), always or never; default: auto.")
  private Terminal.ColourChoice colour = Terminal.ColourChoice.AUTO;

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      description = "How many programs are verified at a time; default: one a processor.")
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = {"-l", "--list"},
      description = "Lists the programs instead of verifying them.")
  private boolean list;

  @Option(
      names = "--asm",
      paramLabel = "FILE",
      description = "Writes the disassembly of the programs to this file, too.")
  private Optional<Path> asm = Optional.empty();

  @Option(
      names = "--dot",
      paramLabel = "FILE",
      description = "Writes the control flow of the programs to this file, too.")
  private Optional<Path> dot = Optional.empty();

  @SuppressWarnings("unused") // Nobody needs to.
  @Option(
      names = {"-f", "--line-info"},
      hidden = true,
      description = "Nothing: findings and their C lines are always shown.")
  private boolean shown;

  /** The command, for the parser to set its options. */
  VerifyCommand(Streams streams) {
    this.streams = streams;
  }

  /** The command as the parser would leave it if only files were named. */
  VerifyCommand(Streams streams, List<String> files) {
    this(streams);
    this.files = files;
  }

  /** What a report is written as. */
  enum Format {
    TEXT,
    JSON
  }

  @Override
  public Map<String, Configuration.Default> configuredDefaults() throws ConfigurationException {
    return ConfiguredDefaults.forObjects(
        new ConfigurationFinder(input.configuration(), () -> configurableOptions(streams)), files);
  }

  @Override
  public Integer call() throws Exception {
    List<ObjectFile> objects = input.objects(files);
    Platform platform = LinuxPlatform.load();
    ProgramTypes types = input.types(platform, objects, () -> configurableOptions(streams));
    if (list) {
      return ListCommand.list(objects, input.selection(), platform, types, streams);
    }
    WorkList workList = new WorkList(types, input.selection());
    Summary summary = verify(objects, workList);
    demand.requireSettable(workList.settable());
    if (summary.programs() == 0) {
      throw new UsageException(
          "there is no program" + input.selection() + "; 'assay list' shows what there is");
    }
    ProgramWalk programs =
        new ProgramWalk(objects, input.selection(), new PrintWriter(Writer.nullWriter()));
    if (asm.isPresent()) {
      new OutputFile("--asm", asm.get())
          .write(out -> programs.visit(new ProgramListing(platform, out)::print));
    }
    if (dot.isPresent()) {
      new OutputFile("--dot", dot.get())
          .write(out -> programs.visit((file, object, program) ->
              GraphCommand.print(file, program, GraphCommand.Format.DOT, out)));
    }
    return ExitStatus.of(summary);
  }

  private Summary verify(List<ObjectFile> objects, WorkList workList)
      throws IOException, UsageException, InterruptedException {
    int threads = jobs.orElse(Runtime.getRuntime().availableProcessors());
    if (threads < 1) {
      throw UsageException.of("--jobs", "has to be at least 1, not " + threads);
    }
    boolean watched = streams.terminal().err() && !quiet;
    VerificationRun run = new VerificationRun(
        demand.demands(input.target()), threads, new ProgressBar(streams.err(), watched));
    if (quiet) {
      return run.run(objects, workList, new Silence());
    }
    if (output.isEmpty()) {
      return run.run(objects, workList, report(streams.out(), streams.terminal().palette(colour)));
    }
    return new OutputFile("--output", output.get())
        .write(out -> run.run(objects, workList, report(out, Palette.PLAIN)));
  }

  private Report report(PrintWriter out, Palette palette) {
    return switch (format) {
      case JSON -> new JsonReport(out, Version.number());
      case TEXT -> new TextReport(out, palette, verbose ? Integer.MAX_VALUE : FINDINGS_SHOWN);
    };
  }

  /** The long names, without dashes, of the options that a configuration may set. */
  static Set<String> configurableOptions(Streams streams) {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new VerifyCommand(streams));
    Set<String> names = new TreeSet<>(ConfiguredDefaults.names(spec.options()));
    names.removeAll(NOT_CONFIGURABLE);
    return names;
  }
}
