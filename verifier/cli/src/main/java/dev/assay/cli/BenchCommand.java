package dev.assay.cli;

import dev.assay.cli.bench.DoubleComparison;
import dev.assay.cli.bench.MalformedMeasurementsException;
import dev.assay.cli.bench.Measurement;
import dev.assay.cli.bench.MeasurementFile;
import dev.assay.cli.bench.Plots;
import dev.assay.cli.bench.ResultsPage;
import dev.assay.numeric.RelationalDomain;
import dev.assay.numeric.RelationalDomains;
import dev.assay.platform.LinuxPlatform;
import dev.assay.report.Printable;
import dev.assay.verifier.VerifierOptions;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay bench}. */
@Command(
    name = BenchCommand.NAME,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Measures what proofs cost with each numeric domain, in time and memory, and what each one"
          + " accepts.",
      "Besides the programs of files, it measures programs that compare strings, over the"
          + " strings' length."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:everything is measured, whatever the verdicts are",
      "2:bad usage, or something that cannot be read, measured or written"
    })
final class BenchCommand implements Callable<Integer> {
  static final String NAME = "bench";

  private static final Path EXAMPLES = Path.of("examples");

  private final Streams streams;

  @SuppressWarnings("NullAway.Init") // Picocli sets it.
  @Spec
  private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description =
          "BPF object files, and folders that hold some, at any depth; default: examples.")
  private List<String> files = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      split = ",",
      description = "The domains, with commas between them; default: all that can be had here.")
  private List<String> domains = List.of();

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "For the proof of one program, such as 10 or 0.5; default: 10.")
  private double timeLimit;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description =
          "How long the programs are verified before anything is measured, so that the JVM has"
              + " compiled what matters; default: 10.")
  private double warmUp;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      split = ",",
      defaultValue = "2,4,8,16,32,64,128,256,512,1024",
      description =
          "Lengths of the strings in the generated programs; default: powers of 2 up to 1024.")
  private List<Integer> iterations = List.of();

  @Option(
      names = "--generated",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether generated programs are measured at all; default: they are.")
  private boolean generated;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes the measurements to this file, as comma-separated values.")
  private Optional<Path> csv = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Writes measurements.csv, results.md and the plots as PNG to this folder, which is made"
              + " if it is not there.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      split = ",",
      description =
          "Measures nothing, and takes the measurements from these files, which --csv wrote.")
  private List<Path> from = List.of();

  @Option(names = DomainProcess.DOMAIN_OPTION, hidden = true)
  private Optional<String> here = Optional.empty();

  @Option(names = DomainProcess.ROWS_OPTION, hidden = true)
  private Optional<Path> rows = Optional.empty();

  BenchCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    Duration limit = TimeLimit.ofSeconds("--time-limit", timeLimit);
    if (here.isPresent() && rows.isPresent()) {
      return measureHere(here.get(), rows.get(), limit);
    }
    checkNumbers();
    if (output.isPresent()) {
      makeFolder(output.get());
    }
    List<Measurement> measurements = new ArrayList<>();
    int status = ExitStatus.DONE;
    if (!from.isEmpty() && !files.isEmpty()) {
      throw UsageException.of("--from", "measures nothing: leave it out, or the objects");
    }
    if (from.isEmpty()) {
      status = measure(measurements);
    } else {
      for (Path file : from) {
        measurements.addAll(read("--from", file));
      }
    }
    write(measurements);
    new BenchSummary(measurements).print(streams.out());
    return status;
  }

  private void checkNumbers() throws UsageException {
    if (!(warmUp >= 0)) {
      throw UsageException.of("--warm-up", "has to be at least 0 seconds");
    }
    for (int n : iterations) {
      if (n < 1 || n > DoubleComparison.MOST_ITERATIONS) {
        throw UsageException.of(
            "--iterations",
            "has to be from 1 to %d, not %d".formatted(DoubleComparison.MOST_ITERATIONS, n));
      }
    }
  }

  private static void makeFolder(Path folder) throws UsageException {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw UsageException.of("--output", folder + " cannot be made a folder; name another one");
    }
  }

  /** Measures each domain in a process of its own, and adds what they measured. */
  private int measure(List<Measurement> measurements) throws Exception {
    List<RelationalDomain> chosen = DomainChoice.ALL.of(domains, this::say);
    List<ObjectFile> objects = objects();
    WorkList work = workList(objects);
    int programs = 0;
    int status = ExitStatus.DONE;
    for (ObjectFile object : objects) {
      for (Job job : work.jobs(object)) {
        switch (job) {
          case Job.Pending pending -> programs++;
          case Job.Failed failed -> {
            status = ExitStatus.BAD_INPUT;
            say("%s is left out: %s"
                .formatted(
                    failed.verdict().object(),
                    failed.verdict().findings().getFirst().message()));
          }
        }
      }
    }
    if (programs == 0) {
      throw new UsageException("there is no program" + input.selection()
          + " to measure; 'assay list' shows what there is");
    }
    List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
    for (RelationalDomain domain : chosen) {
      Path file = Files.createTempFile("assay-bench-", ".csv");
      try {
        int ended = DomainProcess.run(domain.name(), file, arguments);
        List<Measurement> measured = Files.size(file) == 0 ? List.of() : read("bench", file);
        measurements.addAll(measured);
        if (ended != ExitStatus.DONE) {
          status = ExitStatus.BAD_INPUT;
          say("%s: the process that measured it ended with status %d after %d programs"
              .formatted(domain.name(), ended, measured.size()));
        }
      } finally {
        Files.deleteIfExists(file);
      }
    }
    return status;
  }

  /** The objects of the files and folders that are named, or of the examples. */
  private List<ObjectFile> objects() throws UsageException {
    if (files.isEmpty() && !Files.isDirectory(EXAMPLES)) {
      throw new UsageException(
          "there is no folder examples here; name object files, or folders that hold some");
    }
    List<String> names = new ArrayList<>();
    for (String file : files.isEmpty() ? List.of(EXAMPLES.toString()) : files) {
      Path path = Path.of(file);
      if (Files.isDirectory(path)) {
        names.addAll(objectsIn(path));
      } else {
        names.add(file);
      }
    }
    return input.objects(names);
  }

  private static List<String> objectsIn(Path folder) throws UsageException {
    try (Stream<Path> within = Files.walk(folder)) {
      return within
          .filter(file -> file.toString().endsWith(".o") && Files.isRegularFile(file))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UsageException("%s cannot be read; name a folder that can".formatted(folder));
    }
  }

  private WorkList workList(List<ObjectFile> objects) throws Exception {
    ProgramTypes types = input.types(
        LinuxPlatform.load(), objects, () -> VerifyCommand.configurableOptions(streams));
    return new WorkList(types, input.selection());
  }

  private int measureHere(String domain, Path file, Duration limit) throws Exception {
    VerifierOptions options = VerifierOptions.DEFAULT
        .withDomain(RelationalDomains.named(domain).orElseThrow())
        .withTimeLimit(limit);
    if (input.target().isPresent()) {
      options = options.withTarget(input.target().get());
    }
    List<ObjectFile> objects = objects();
    DomainRun run =
        new DomainRun(objects, workList(objects), generated ? iterations : List.of(), options);
    ProgressBar progress = new ProgressBar(streams.err(), streams.terminal().err(), domain + " ");
    new OutputFile(DomainProcess.ROWS_OPTION, file).write(out -> {
      run.warmUp(warmUp);
      run.measure(new MeasurementFile(out), progress);
      return ExitStatus.DONE;
    });
    return ExitStatus.DONE;
  }

  private static List<Measurement> read(String option, Path file) throws UsageException {
    try (Reader in = Files.newBufferedReader(file)) {
      return MeasurementFile.read(in);
    } catch (IOException e) {
      throw UsageException.of(option, "%s cannot be read".formatted(file));
    } catch (MalformedMeasurementsException e) {
      throw UsageException.of(
          option,
          "%s is no file that 'assay bench --csv' wrote: %s".formatted(file, e.getMessage()));
    }
  }

  private void write(List<Measurement> measurements) throws Exception {
    if (csv.isPresent()) {
      writeCsv("--csv", csv.get(), measurements);
    }
    if (output.isPresent()) {
      Path folder = output.get();
      writeCsv("--output", folder.resolve("measurements.csv"), measurements);
      new OutputFile("--output", folder.resolve(ResultsPage.NAME)).write(out -> {
        new ResultsPage(measurements).print(out);
        return ExitStatus.DONE;
      });
      try {
        new Plots(measurements).write(folder);
      } catch (IOException e) {
        throw UsageException.of("--output", "the plots cannot be written to " + folder);
      }
    }
  }

  private static void writeCsv(String option, Path file, List<Measurement> measurements)
      throws Exception {
    new OutputFile(option, file).write(out -> {
      MeasurementFile table = new MeasurementFile(out);
      for (Measurement measurement : measurements) {
        table.add(measurement);
      }
      return ExitStatus.DONE;
    });
  }

  private void say(String message) {
    streams.err().println("assay: " + Printable.of(message));
    streams.err().flush();
  }
}
