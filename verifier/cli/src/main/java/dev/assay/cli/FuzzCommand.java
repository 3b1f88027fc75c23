package dev.assay.cli;

import dev.assay.numeric.RelationalDomain;
import dev.assay.referee.Violation;
import dev.assay.referee.campaign.Campaign;
import dev.assay.referee.campaign.Exhibit;
import dev.assay.referee.campaign.MalformedExhibitException;
import dev.assay.referee.campaign.Tally;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay fuzz}. */
@Command(
    name = "fuzz",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Looks for mistakes of Assay itself: generates programs, runs those that are accepted on"
          + " many inputs, and holds each step against what was proved.",
      "With files, looks at what they say was found before."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:nothing contradicts its verdict",
      "1:something does: a mistake of Assay",
      "2:bad usage, or something that cannot be read or written"
    })
final class FuzzCommand implements Callable<Integer> {
  private static final long DEFAULT_MINUTES = 1;
  private static final long REPORT_EVERY = TimeUnit.SECONDS.toNanos(60);

  private final Streams streams;

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "For how long; 1 unless --programs says how many.")
  private Optional<Long> minutes = Optional.empty();

  @Option(
      names = "--programs",
      paramLabel = "N",
      description = "How many programs; as many as there is time for if it is left out.")
  private Optional<Long> programs = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "The seed of the first program, the next one having S+1; another one each time if it is"
              + " left out.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description =
          "What the programs are proved with, as for 'assay verify'; zone if it is left out.")
  private Optional<String> domain = Optional.empty();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "How many programs at a time; as many as there are processors if it is left out.")
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--save",
      paramLabel = "FOLDER",
      description = "Where what is found goes, made small, a file each (${DEFAULT-VALUE}).")
  private Path folder = Path.of("found");

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = "Instead of generating: files that an earlier run saved.")
  private List<Path> files = List.of();

  FuzzCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws UsageException, InterruptedException {
    return files.isEmpty() ? generate() : replay();
  }

  private int generate() throws UsageException, InterruptedException {
    positive("--minutes", minutes);
    positive("--programs", programs);
    positive("--jobs", jobs.map(Integer::longValue));
    long first = seed.orElseGet(System::currentTimeMillis);
    long start = System.nanoTime();
    BooleanSupplier goesOn = () -> true;
    if (minutes.isPresent() || programs.isEmpty()) {
      long time = TimeUnit.MINUTES.toNanos(minutes.orElse(DEFAULT_MINUTES));
      goesOn = () -> System.nanoTime() - start < time;
    }
    Finder finder = new Finder(start);
    Tally tally = Campaign.run(
        first,
        programs.orElse(Long.MAX_VALUE),
        provedWith(),
        jobs.orElseGet(() -> Runtime.getRuntime().availableProcessors()),
        goesOn,
        finder);
    finder.throwIfNotSaved();
    streams.out().println("seeds from " + first + ": " + text(tally));
    return tally.violations() == 0 ? ExitStatus.DONE : ExitStatus.NOT_ACCEPTED;
  }

  private RelationalDomain provedWith() throws UsageException {
    return domain.isPresent() ? DomainChoice.ALL.of(domain.get()) : RelationalDomain.ZONE;
  }

  private static void positive(String option, Optional<Long> number) throws UsageException {
    if (number.isPresent() && number.get() <= 0) {
      throw UsageException.of(option, "is at least 1, not " + number.get());
    }
  }

  private static String text(Tally tally) {
    StringBuilder rungs = new StringBuilder();
    tally
        .rungs()
        .forEach((rung, count) -> rungs
            .append(rungs.isEmpty() ? "" : ", ")
            .append("%,d against %s".formatted(count, rung.name().toLowerCase(Locale.ROOT))));
    return "%,d programs, %,d accepted (%.0f %%) and run for %,d steps, held %s; %s"
        .formatted(
            tally.programs(),
            tally.accepted(),
            100.0 * tally.accepted() / Math.max(1, tally.programs()),
            tally.steps(),
            rungs.isEmpty() ? "against nothing" : rungs,
            tally.violations() == 0
                ? "no violation"
                : tally.violations() + (tally.violations() == 1 ? " VIOLATION" : " VIOLATIONS"));
  }

  /** Shows and saves what is found, and now and then tells how far it is. */
  private final class Finder implements Campaign.Witness {
    private long toldAt;
    private Optional<IOException> notSaved = Optional.empty();

    Finder(long start) {
      this.toldAt = start;
    }

    @Override
    public void found(long programSeed, Violation violation) {
      String text = Exhibit.text(violation);
      streams.out().println("seed " + programSeed + ":");
      streams.out().println(text);
      try {
        Files.createDirectories(folder);
        Path file = folder.resolve("seed-" + programSeed + ".asm");
        Files.writeString(file, text, StandardCharsets.UTF_8);
        streams.out().println("saved as " + file);
      } catch (IOException e) {
        notSaved = Optional.of(e);
      }
      streams.out().flush();
    }

    @Override
    public void reached(Tally tally) {
      long now = System.nanoTime();
      if (now - toldAt >= REPORT_EVERY) {
        toldAt = now;
        streams.err().println(text(tally));
        streams.err().flush();
      }
    }

    void throwIfNotSaved() throws UsageException {
      if (notSaved.isPresent()) {
        throw UsageException.of(
            "--save", "%s cannot be written; what was found is shown above".formatted(folder));
      }
    }
  }

  private int replay() throws UsageException {
    if (domain.isPresent()) {
      throw UsageException.of("--domain", "is for generated programs; files say it themselves");
    }
    int violations = 0;
    for (Path file : files) {
      Optional<Violation> violation = read(file).violation();
      violations += violation.isPresent() ? 1 : 0;
      streams
          .out()
          .println(file + ": "
              + violation
                  .map(found -> "still a violation\n" + Exhibit.text(found))
                  .orElse("no violation"));
    }
    return violations == 0 ? ExitStatus.DONE : ExitStatus.NOT_ACCEPTED;
  }

  private static Exhibit read(Path file) throws UsageException {
    try {
      return Exhibit.read(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException(file + " cannot be read: it must be a file that assay fuzz saved");
    } catch (MalformedExhibitException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }
}
