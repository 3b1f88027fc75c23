package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.cli.config.ConfigurationFinder;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.report.Palette;
import dev.assay.report.TextReport;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code assay run}. */
@Command(
    name = "run",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Verifies a program, runs it on given input if it is accepted, and shows what it did.",
    footer = "%nDefaults for the options of 'assay verify' may stand below [verify] in assay.toml.")
final class RunCommand implements Callable<Integer>, ConfiguredDefaults.Reader {
  private static final int MAXIMUM_CONTEXT = 1 << 16;
  private static final int FINDINGS_SHOWN = 3;
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private final Streams streams;

  @Parameters(paramLabel = "FILE", description = "A BPF object file.")
  private String file = "";

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  @Mixin
  private DemandOptions demand = new DemandOptions();

  @Option(
      names = "--packet",
      paramLabel = "BYTES",
      description = "The packet: hexadecimal digits, or a file; default: none.")
  private Optional<String> packet = Optional.empty();

  @Option(
      names = "--context",
      paramLabel = "BYTES",
      description =
          "The first bytes of the context: hexadecimal digits, or a file; default: what the packet"
              + " tells.")
  private Optional<String> context = Optional.empty();

  @Option(
      names = "--map",
      paramLabel = "NAME=KEY:VALUE",
      description =
          "Puts an element into a map: key and value in hexadecimal digits; for a program array"
              + " the value is a program's function, for a map of maps a map's name.")
  private List<String> elements = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Runs N times, each from the same start; shows the last run and how long all took.")
  private int repeat = 1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Decides addresses and random numbers; default: 0.")
  private long seed;

  @Option(
      names = "--instruction-limit",
      paramLabel = "N",
      defaultValue = "100000000",
      description = "Stops a run after so many instructions; default: 100000000.")
  private long instructionLimit;

  @Option(
      names = "--unverified",
      description = "Runs without verifying first: the interpreter checks every access.")
  private boolean unverified;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "auto (on a terminal, unless NO_COLOR is set), always or never; default: auto.")
  private Terminal.ColourChoice colour = Terminal.ColourChoice.AUTO;

  RunCommand(Streams streams) {
    this.streams = streams;
  }

  /** The demands are those of {@code assay verify}: what runs here is what that accepts. */
  @Override
  public Map<String, Configuration.Default> configuredDefaults() throws ConfigurationException {
    return ConfiguredDefaults.forObjects(
        new ConfigurationFinder(
            input.configuration(), () -> VerifyCommand.configurableOptions(streams)),
        List.of(file));
  }

  @Override
  public Integer call() throws Exception {
    if (repeat < 1 || instructionLimit < 1) {
      throw new UsageException("--repeat and --instruction-limit: have to be at least 1");
    }
    List<ObjectFile> files = input.objects(List.of(file));
    ObjectFile objectFile = files.getFirst();
    Platform platform = LinuxPlatform.load();
    ProgramTypes types =
        input.types(platform, files, () -> VerifyCommand.configurableOptions(streams));
    BpfObject object;
    try {
      object = objectFile.read();
    } catch (UnreadableObjectException e) {
      throw new UsageException(file + ": " + e.reason());
    }
    BpfProgram program = only(object);
    ProgramKind kind = types
        .kind(objectFile, program.section())
        .orElseThrow(() -> new UsageException(ProgramTypes.unknown(program.section())));
    VerifierOptions options = demand.demands(input.target()).apply(kind);
    Palette palette = streams.terminal().palette(colour);
    if (!unverified) {
      Verdict verdict = Verifier.verify(object, file, program, kind, options);
      TextReport report = new TextReport(streams.out(), palette, FINDINGS_SHOWN);
      report.add(verdict);
      if (verdict.decision() != Decision.ACCEPTED) {
        streams
            .out()
            .println("not run; --unverified runs it in the interpreter, which checks every access");
        return verdict.decision() == Decision.ERROR
            ? ExitStatus.BAD_INPUT
            : ExitStatus.NOT_ACCEPTED;
      }
    }
    return run(platform, object, program, kind, options, palette);
  }

  private int run(
      Platform platform,
      BpfObject object,
      BpfProgram program,
      ProgramKind kind,
      VerifierOptions options,
      Palette palette)
      throws UsageException {
    byte[] packetBytes = packet.isPresent()
        ? InputBytes.ofDigitsOrFile("--packet", packet.get(), options.packetSize())
        : new byte[0];
    Machine.Builder builder = Machine.builder(platform, object, program)
        .kind(kind)
        .packet(packetBytes)
        .seed(seed)
        .instructionLimit(instructionLimit);
    if (context.isPresent()) {
      builder.context(InputBytes.ofDigitsOrFile("--context", context.get(), MAXIMUM_CONTEXT));
    }
    List<MapSetting> settings = new ArrayList<>();
    for (String element : elements) {
      settings.add(MapSetting.of(element));
    }
    long nanoseconds = 0;
    long instructions = 0;
    for (int round = 1; ; round++) {
      Machine machine = machine(builder);
      Constants.set(options.values(), object, machine.maps());
      for (MapSetting setting : settings) {
        setting.apply(platform, object, machine.maps());
      }
      RunReport report = new RunReport(streams.out(), palette, machine, packetBytes);
      long start = System.nanoTime();
      Outcome outcome = machine.run();
      nanoseconds += System.nanoTime() - start;
      instructions += outcome.instructions();
      if (round == repeat || outcome instanceof Outcome.Faulted) {
        report.print(machine, outcome, program, kind);
        if (repeat > 1) {
          streams
              .out()
              .println(String.format(
                  Locale.ROOT,
                  "%,d runs, %,d instructions, %.1f ms",
                  round,
                  instructions,
                  nanoseconds / NANOSECONDS_PER_MILLISECOND));
        }
        return outcome instanceof Outcome.Faulted ? ExitStatus.NOT_ACCEPTED : ExitStatus.DONE;
      }
    }
  }

  private static Machine machine(Machine.Builder builder) throws UsageException {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UsageException("this cannot be run: " + e.getMessage());
    }
  }

  /** The one program that is meant. */
  private BpfProgram only(BpfObject object) throws UsageException {
    ProgramSelection selection = input.selection();
    List<BpfProgram> meant = object.programs().stream()
        .filter(program -> selection.contains(program.section(), program.function()))
        .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    for (BpfObject.ProgramFailure failure : object.failures()) {
      if (meant.isEmpty() && selection.contains(failure.section(), failure.function())) {
        throw new UsageException(file + ": " + failure.message());
      }
    }
    if (meant.isEmpty()) {
      throw new UsageException(
          "there is no program" + selection + "; 'assay list' shows what there is");
    }
    throw new UsageException("which program? Say --function and one of "
        + meant.stream().map(BpfProgram::function).distinct().collect(Collectors.joining(", ")));
  }
}
