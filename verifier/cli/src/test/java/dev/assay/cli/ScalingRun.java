package dev.assay.cli;

import dev.assay.cli.config.ConfigurationFinder;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ReadOptions;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the time of a verification grows with the length of the program; see docs/measurements.md. */
public final class ScalingRun {
  static final String CORPUS = "corpus";

  private static final int[] LENGTHS = {100, 300, 1_000, 3_000, 10_000, 30_000, 100_000};
  private static final int WARMING_LENGTH = 1_000;
  private static final int WARMING_ROUNDS = 30;
  private static final int LEAST_ROUNDS = 3;
  private static final double LEAST_MILLISECONDS = 50;
  private static final int LEAST_LENGTH_OF_FIT = 300;

  /**
   * As many abstract steps as the longest programs need: the default of 2,000,000 ends some searches between 10,000 and 100,000 instructions.
   * Nothing is assumed of configuration, because a proof for its initial values is only looked for when all rungs have failed without.
   */
  private static final VerifierOptions OPTIONS =
      VerifierOptions.DEFAULT.withSteps(100_000_000).withAssumptionsAllowed(false);

  private final Platform platform = LinuxPlatform.load();
  private final List<Sample> samples = new ArrayList<>();
  private boolean failed;

  private ScalingRun() {}

  /** One program, and how long it took, in milliseconds of a processor. */
  record Sample(String family, String program, Verdict verdict, double milliseconds) {
    int instructions() {
      return verdict.instructions();
    }

    boolean accepted() {
      return verdict.decision() == Decision.ACCEPTED && verdict.rung().orElse(-1) == 0;
    }

    private String row() {
      return String.format(
          Locale.ROOT,
          "%s,%s,%d,%.3f,%s,%s",
          family,
          program,
          instructions(),
          milliseconds,
          verdict.decision().name().toLowerCase(Locale.ROOT),
          verdict.rung().isPresent() ? verdict.rung().getAsInt() : "");
    }
  }

  /** The line that fits best: {@code milliseconds = factor · instructions ^ exponent}, by least squares of the logarithms. */
  record Fit(double exponent, double factor) {
    static Fit of(List<Sample> samples) {
      double n = samples.size();
      double x = samples.stream().mapToDouble(Fit::x).sum() / n;
      double y = samples.stream().mapToDouble(Fit::y).sum() / n;
      double xy = samples.stream().mapToDouble(s -> (x(s) - x) * (y(s) - y)).sum();
      double xx = samples.stream().mapToDouble(s -> (x(s) - x) * (x(s) - x)).sum();
      return new Fit(xy / xx, Math.exp(y - xy / xx * x));
    }

    private static double x(Sample sample) {
      return Math.log(sample.instructions());
    }

    private static double y(Sample sample) {
      return Math.log(sample.milliseconds());
    }

    double milliseconds(double instructions) {
      return factor * Math.pow(instructions, exponent);
    }
  }

  /**
   * Arguments: the folder for {@code scaling.csv}, the file for the plot, and folders of objects whose programs are measured, too. A folder that is
   * not there is passed over. Exit status 1 if a generated program is not accepted on rung 0.
   */
  public static void main(String[] arguments) throws Exception {
    ScalingRun run = new ScalingRun();
    run.warmUp();
    for (ScalingFamily family : ScalingFamily.values()) {
      for (int length : LENGTHS) {
        run.generated(family, length);
      }
    }
    for (String folder : Arrays.asList(arguments).subList(2, arguments.length)) {
      run.objects(Path.of(folder));
    }
    run.write(Path.of(arguments[0]).resolve("scaling.csv"));
    run.fits(System.out);
    ScalingPlot.write(run.samples, Path.of(arguments[1]));
    System.exit(run.failed ? 1 : 0);
  }

  private void warmUp() {
    for (int round = 0; round < WARMING_ROUNDS; round++) {
      for (ScalingFamily family : ScalingFamily.values()) {
        verify(family.program(WARMING_LENGTH));
      }
    }
  }

  private Verdict verify(BpfObject object) {
    return verify(
        object, object.programs().getFirst(), platform.programKind("xdp").orElseThrow());
  }

  private static Verdict verify(BpfObject object, BpfProgram program, ProgramKind kind) {
    return Verifier.verify(object, "", program, kind, OPTIONS);
  }

  private void generated(ScalingFamily family, int length) {
    BpfObject object = family.program(length);
    Sample sample = sample(
        family.title(),
        family.name().toLowerCase(Locale.ROOT) + "-" + length,
        object,
        object.programs().getFirst(),
        platform.programKind("xdp").orElseThrow());
    System.out.println(sample.row());
    if (!sample.accepted()) {
      failed = true;
      System.out.println("not accepted on rung 0: " + sample.verdict().findings());
    }
    samples.add(sample);
  }

  /** The median of three rounds, of more if they are short. */
  private static Sample sample(
      String family, String name, BpfObject object, BpfProgram program, ProgramKind kind) {
    List<Sample> rounds = new ArrayList<>();
    double total = 0;
    while (rounds.size() < LEAST_ROUNDS || total < LEAST_MILLISECONDS) {
      double before = milliseconds();
      Verdict verdict = verify(object, program, kind);
      Sample round = new Sample(family, name, verdict, milliseconds() - before);
      rounds.add(round);
      total += round.milliseconds();
    }
    rounds.sort(Comparator.comparingDouble(Sample::milliseconds));
    return rounds.get(rounds.size() / 2);
  }

  /**
   * What this thread and the collector have worked so far. Not the time on the clock: on a busy machine that counts what others do as well, and the more the
   * longer a run is.
   */
  private static double milliseconds() {
    long collected = ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e6 + collected;
  }

  /** The programs of the objects in a folder and the folders in it, if they are accepted on rung 0. */
  private void objects(Path folder) throws Exception {
    if (!Files.isDirectory(folder)) {
      System.out.println("there is no folder " + folder);
      return;
    }
    List<ObjectFile> files = files(folder).stream()
        .map(path -> new ObjectFile(path.toString(), ReadOptions.DEFAULT))
        .toList();
    ProgramTypes types = ProgramTypes.of(
        platform, Optional.empty(), new ConfigurationFinder(Optional.empty(), Set::of), files);
    WorkList work = new WorkList(types, new ProgramSelection(Optional.empty(), Optional.empty()));
    for (ObjectFile file : files) {
      for (Job job : work.jobs(file)) {
        if (job instanceof Job.Pending pending) {
          BpfObject object = file.read();
          String name =
              folder.relativize(file.path()) + ":" + pending.section() + ":" + pending.function();
          Sample sample =
              sample(CORPUS, name, object, object.programs().get(pending.index()), pending.kind());
          if (sample.accepted()) {
            samples.add(sample);
          }
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".o")).sorted().toList();
    }
  }

  private void write(Path file) throws IOException {
    try (PrintStream out = new PrintStream(file.toFile(), StandardCharsets.UTF_8)) {
      out.println("family,program,instructions,milliseconds,verdict,rung");
      samples.forEach(sample -> out.println(sample.row()));
    }
  }

  private void fits(PrintStream out) {
    out.println(
        "programs of at least " + LEAST_LENGTH_OF_FIT + " instructions, exponent of the fit");
    for (ScalingFamily family : ScalingFamily.values()) {
      fit(family.title(), fitted(samples, family.title()), out);
    }
    fit("all generated", fitted(samples, ""), out);
    fit(CORPUS, fitted(samples, CORPUS), out);
  }

  private static void fit(String name, List<Sample> fitted, PrintStream out) {
    if (fitted.size() > 1) {
      Fit fit = Fit.of(fitted);
      out.printf(
          Locale.ROOT,
          "%-25s %4d  %.2f  (%.2f s for 100,000 instructions)%n",
          name,
          fitted.size(),
          fit.exponent(),
          fit.milliseconds(100_000) / 1000);
    }
  }

  /** The samples that a fit is made of; without a name those of all generated programs. */
  static List<Sample> fitted(List<Sample> samples, String family) {
    return samples.stream()
        .filter(sample -> sample.instructions() >= LEAST_LENGTH_OF_FIT)
        .filter(sample ->
            family.isEmpty() ? !sample.family().equals(CORPUS) : sample.family().equals(family))
        .toList();
  }
}
