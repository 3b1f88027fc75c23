package dev.assay.cli;

import dev.assay.btf.KernelTypes;
import dev.assay.cli.config.Suggestion;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.VerifierOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The options that say what a verification demands. Those that PREVAIL has keep its names and its meaning. */
final class DemandOptions {
  private static final int MAXIMUM_DEPTH = 128;
  private static final int MAXIMUM_PACKET = 1 << 29;

  @Option(
      names = "--policy",
      paramLabel = "POLICY",
      description =
          "strict keeps pointers secret, privileged lets them become numbers; default: what Linux"
              + " demands of the loader of the program's type.")
  private Optional<Policy> policy = Optional.empty();

  @Option(
      names = {"-s", "--strict"},
      description = "The same as --policy strict.")
  private boolean strict;

  @Option(
      names = "--termination",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether every loop needs a proved bound; default: it does.")
  private boolean termination = true;

  @Option(
      names = "--no-verify-termination",
      hidden = true,
      description = "The same as --no-termination.")
  private boolean noVerifyTermination;

  @Option(
      names = "--division-by-zero",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Whether a divisor may be zero, as RFC 9669 defines it; default: it may.")
  private boolean divisionByZero = true;

  @Option(
      names = "--allow-division-by-zero",
      hidden = true,
      description = "The same as --division-by-zero.")
  private boolean allowDivisionByZero;

  @Option(
      names = "--uninitialised-stack",
      negatable = true,
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Whether programs under the privileged policy may read stack bytes that they did not"
              + " write, as Linux has it since 6.3; default: they may not.")
  private boolean uninitialisedStack;

  @Option(
      names = "--stack-size",
      paramLabel = "BYTES",
      description = "Stack of one function, 1 to 4096; default: 512.")
  private Optional<Integer> stackSize = Optional.empty();

  @Option(
      names = {"--call-depth", "--max-call-stack-frames"},
      paramLabel = "FRAMES",
      description = "Functions along one call chain, 1 to 128; default: 8.")
  private Optional<Integer> callDepth = Optional.empty();

  @Option(
      names = {"--packet-size", "--max-packet-size"},
      paramLabel = "BYTES",
      description = "The largest packet, 1 to 536870912; default: 65535.")
  private Optional<Integer> packetSize = Optional.empty();

  @Option(
      names = "--groups",
      paramLabel = "GROUP",
      split = ",",
      description =
          "Conformance groups of RFC 9669 that the host has, from left to right: names, default,"
              + " all, or -NAME to take one away; 'assay isa' lists them. Default: default.")
  private List<String> groups = List.of();

  @Option(
      names = {"--include-groups", "--include_groups"},
      paramLabel = "GROUP",
      split = ",",
      description = "Conformance groups that the host has besides: callx, packet.")
  private List<String> includedGroups = List.of();

  @Option(
      names = {"--exclude-groups", "--exclude_groups"},
      paramLabel = "GROUP",
      split = ",",
      description = "Conformance groups that the host lacks: divmul64, atomic32.")
  private List<String> excludedGroups = List.of();

  @Option(
      names = "--max-instructions",
      paramLabel = "N",
      description =
          "The most instructions that one run may execute; default: any proved bound will do.")
  private Optional<Long> maxInstructions = Optional.empty();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Abstract steps after which the search for a proof ends without one; default: 2000000.")
  private Optional<Long> steps = Optional.empty();

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      description =
          "Seconds, such as 10 or 0.5, after which the search for a proof of a program ends without"
              + " one, so that the verdict depends on the machine; default: none.")
  private Optional<Double> timeLimit = Optional.empty();

  @Option(
      names = "--assumptions",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Whether variables that the loader may set may be assumed to keep the object's values,"
              + " which the verdict then says; default: they may.")
  private boolean assumptions = true;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "The loader sets this const volatile variable to this number.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description =
          "What is known of numbers beside their ranges: interval (nothing), zone (differences),"
              + " or by way of the Apron library box, octagon (sums and differences), polyhedra"
              + " (linear inequalities); default: zone.")
  private Optional<String> domain = Optional.empty();

  /**
   * The demands on a program of each kind.
   *
   * @param target the types of the kernel that the programs are for, if they are known
   * @throws UsageException if a value is out of its range
   */
  Function<ProgramKind, VerifierOptions> demands(Optional<KernelTypes> target)
      throws UsageException {
    VerifierOptions options = VerifierOptions.DEFAULT
        .withTermination(termination && !noVerifyTermination)
        .withAllowDivisionByZero(divisionByZero || allowDivisionByZero)
        .withUninitialisedStack(uninitialisedStack)
        .withAssumptionsAllowed(assumptions)
        .withValues(numbers())
        .withStackSize(inRange(
            "--stack-size",
            stackSize,
            VerifierOptions.MAXIMUM_STACK_SIZE,
            VerifierOptions.DEFAULT.stackSize()))
        .withCallDepth(
            inRange("--call-depth", callDepth, MAXIMUM_DEPTH, VerifierOptions.DEFAULT.callDepth()))
        .withPacketSize(inRange(
            "--packet-size", packetSize, MAXIMUM_PACKET, VerifierOptions.DEFAULT.packetSize()));
    if (strict && policy.isPresent() && policy.get() != Policy.STRICT) {
      throw UsageException.of(
          List.of("--policy", "--strict"),
          "--strict and --policy privileged contradict each other; give one of them");
    }
    if (target.isPresent()) {
      options = options.withTarget(target.get());
    }
    Optional<Policy> demanded = strict ? Optional.of(Policy.STRICT) : policy;
    if (demanded.isPresent()) {
      options = options.withPolicy(demanded.get());
    }
    if (maxInstructions.isPresent()) {
      if (maxInstructions.get() < 1) {
        throw UsageException.of("--max-instructions", "has to be at least 1");
      }
      options = options.withMaxInstructions(maxInstructions.get());
    }
    if (steps.isPresent()) {
      if (steps.get() < 1) {
        throw UsageException.of("--steps", "has to be at least 1");
      }
      options = options.withSteps(steps.get());
    }
    if (timeLimit.isPresent()) {
      options = options.withTimeLimit(TimeLimit.ofSeconds("--time-limit", timeLimit.get()));
    }
    if (domain.isPresent()) {
      options = options.withDomain(DomainChoice.ALL.of(domain.get()));
    }
    GroupChoice choice = GroupChoice.of(groups, includedGroups, excludedGroups);
    VerifierOptions demandedOfAll = options;
    return kind -> choice.groups(kind).map(demandedOfAll::withGroups).orElse(demandedOfAll);
  }

  /**
   * Makes sure that what {@code --set} names is there.
   *
   * @param settable the variables that a loader may set
   * @throws UsageException if one is not among them
   */
  void requireSettable(Set<String> settable) throws UsageException {
    for (String name : values.keySet()) {
      if (!settable.contains(name)) {
        throw UsageException.of(
            "--set",
            "there is no const volatile variable \"%s\"%s"
                .formatted(name, Suggestion.question(name, settable)));
      }
    }
  }

  private Map<String, Long> numbers() throws UsageException {
    Map<String, Long> numbers = new TreeMap<>();
    for (Map.Entry<String, String> value : values.entrySet()) {
      try {
        numbers.put(value.getKey(), Long.decode(value.getValue()));
      } catch (NumberFormatException e) {
        throw UsageException.of(
            "--set",
            "the value of %s has to be a 64-bit number such as 5, -1 or 0x1f, not \"%s\""
                .formatted(value.getKey(), value.getValue()));
      }
    }
    return numbers;
  }

  private static int inRange(String option, Optional<Integer> value, int maximum, int otherwise)
      throws UsageException {
    int number = value.orElse(otherwise);
    if (number < 1 || number > maximum) {
      throw UsageException.of(option, "has to be from 1 to %d, not %d".formatted(maximum, number));
    }
    return number;
  }
}
