package dev.assay.verifier;

import dev.assay.btf.KernelTypes;
import dev.assay.numeric.RelationalDomain;
import dev.assay.platform.Policy;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a verification demands and permits, apart from the program and its kind.
 *
 * @param policy the policy; empty for the one that the program kind has
 * @param stackSize bytes of stack of one function, at least 1
 * @param callDepth frames along one call chain, the entry function's included, at least 1
 * @param packetSize the most bytes that a packet has, at least 1
 * @param allowDivisionByZero whether division by zero is defined, as RFC 9669 has it, and so needs no check
 * @param uninitialisedStack whether programs that may turn pointers into numbers may also read stack bytes that they did not write
 * @param termination whether every loop needs a proved bound
 * @param groups the conformance groups that the host supports, by RFC 9669's names, and {@code callx}; empty for the
 *     default of the program kind
 * @param maxInstructions the most instructions that one run may execute; empty if any proved bound will do
 * @param assumptionsAllowed whether values that only the object's loader decides may be assumed to be those in the object
 * @param values values of {@code const volatile} variables, by name, which a loader promises to set
 * @param target the types of the kernel that the program is for; empty if they are not known
 * @param steps the most abstract steps that the search may make; empty for the default
 * @param domain what is known of numbers beside their ranges
 * @param timeLimit the longest that the search may take, more than nothing; empty if it may take as long as its steps do. With a limit the
 *     verdict depends on the machine
 */
public record VerifierOptions(
    Optional<Policy> policy,
    int stackSize,
    int callDepth,
    int packetSize,
    boolean allowDivisionByZero,
    boolean uninitialisedStack,
    boolean termination,
    Optional<Set<String>> groups,
    OptionalLong maxInstructions,
    boolean assumptionsAllowed,
    Map<String, Long> values,
    Optional<KernelTypes> target,
    OptionalLong steps,
    RelationalDomain domain,
    Optional<Duration> timeLimit) {
  /** The most bytes that one function's stack may have: as many as the liveness of stack bytes is computed for. */
  public static final int MAXIMUM_STACK_SIZE = 4096;

  /** What holds if nothing else is asked for; the sizes are those of Linux. */
  public static final VerifierOptions DEFAULT = new VerifierOptions(
      Optional.empty(),
      512,
      8,
      65535,
      true,
      false,
      true,
      Optional.empty(),
      OptionalLong.empty(),
      true,
      Map.of(),
      Optional.empty(),
      OptionalLong.empty(),
      RelationalDomain.ZONE,
      Optional.empty());

  /**
   * Copies what is mutable.
   *
   * @throws IllegalArgumentException if a size or the time limit is out of its range
   */
  public VerifierOptions {
    if (stackSize > MAXIMUM_STACK_SIZE) {
      throw new IllegalArgumentException("the stack size is at most " + MAXIMUM_STACK_SIZE);
    }
    if (stackSize < 1 || callDepth < 1 || packetSize < 1) {
      throw new IllegalArgumentException("stack size, call depth and packet size are at least 1");
    }
    if (timeLimit.isPresent() && !timeLimit.get().isPositive()) {
      throw new IllegalArgumentException("the time limit is more than nothing");
    }
    groups = groups.map(names -> Collections.unmodifiableSortedSet(new TreeSet<>(names)));
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** These options with another policy than the program kind's. */
  public VerifierOptions withPolicy(Policy value) {
    return with(draft -> draft.policy = Optional.of(value));
  }

  /** These options with another stack size, in bytes a function. */
  public VerifierOptions withStackSize(int value) {
    return with(draft -> draft.stackSize = value);
  }

  /** These options with another call depth, in frames. */
  public VerifierOptions withCallDepth(int value) {
    return with(draft -> draft.callDepth = value);
  }

  /** These options with another largest packet, in bytes. */
  public VerifierOptions withPacketSize(int value) {
    return with(draft -> draft.packetSize = value);
  }

  /** These options with division by zero allowed or not. */
  public VerifierOptions withAllowDivisionByZero(boolean value) {
    return with(draft -> draft.allowDivisionByZero = value);
  }

  /** These options with reads of unwritten stack bytes allowed or not. */
  public VerifierOptions withUninitialisedStack(boolean value) {
    return with(draft -> draft.uninitialisedStack = value);
  }

  /** These options with termination demanded or not. */
  public VerifierOptions withTermination(boolean value) {
    return with(draft -> draft.termination = value);
  }

  /** These options with these conformance groups instead of the program kind's. */
  public VerifierOptions withGroups(Set<String> value) {
    return with(draft -> draft.groups = Optional.of(value));
  }

  /** These options with a bound on the instructions that one run executes. */
  public VerifierOptions withMaxInstructions(long value) {
    return with(draft -> draft.maxInstructions = OptionalLong.of(value));
  }

  /** These options with assumptions on configuration allowed or not. */
  public VerifierOptions withAssumptionsAllowed(boolean value) {
    return with(draft -> draft.assumptionsAllowed = value);
  }

  /** These options with these values of configuration variables, by name. */
  public VerifierOptions withValues(Map<String, Long> value) {
    return with(draft -> draft.values = value);
  }

  /** These options for a kernel with these types. */
  public VerifierOptions withTarget(KernelTypes value) {
    return with(draft -> draft.target = Optional.of(value));
  }

  /** These options with another budget of the search, in abstract steps. */
  public VerifierOptions withSteps(long value) {
    return with(draft -> draft.steps = OptionalLong.of(value));
  }

  /** These options with another domain of relations between numbers. */
  public VerifierOptions withDomain(RelationalDomain value) {
    return with(draft -> draft.domain = value);
  }

  /** These options with a limit of the time that the search of a program takes. */
  public VerifierOptions withTimeLimit(Duration value) {
    return with(draft -> draft.timeLimit = Optional.of(value));
  }

  private VerifierOptions with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.options();
  }

  /** Options that are about to differ in one. */
  private static final class Draft {
    private Optional<Policy> policy;
    private int stackSize;
    private int callDepth;
    private int packetSize;
    private boolean allowDivisionByZero;
    private boolean uninitialisedStack;
    private boolean termination;
    private Optional<Set<String>> groups;
    private OptionalLong maxInstructions;
    private boolean assumptionsAllowed;
    private Map<String, Long> values;
    private Optional<KernelTypes> target;
    private OptionalLong steps;
    private RelationalDomain domain;
    private Optional<Duration> timeLimit;

    Draft(VerifierOptions options) {
      policy = options.policy;
      stackSize = options.stackSize;
      callDepth = options.callDepth;
      packetSize = options.packetSize;
      allowDivisionByZero = options.allowDivisionByZero;
      uninitialisedStack = options.uninitialisedStack;
      termination = options.termination;
      groups = options.groups;
      maxInstructions = options.maxInstructions;
      assumptionsAllowed = options.assumptionsAllowed;
      values = options.values;
      target = options.target;
      steps = options.steps;
      domain = options.domain;
      timeLimit = options.timeLimit;
    }

    VerifierOptions options() {
      return new VerifierOptions(
          policy,
          stackSize,
          callDepth,
          packetSize,
          allowDivisionByZero,
          uninitialisedStack,
          termination,
          groups,
          maxInstructions,
          assumptionsAllowed,
          values,
          target,
          steps,
          domain,
          timeLimit);
    }
  }
}
