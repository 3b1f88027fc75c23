package dev.assay.platform;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a function that programs call demands of its arguments, and what it promises: a helper, a kernel function, or a C library
 * function. Immutable.
 */
public final class FunctionContract {
  private final int id;
  private final String name;
  private final String prototype;
  private final List<Argument> arguments;
  private final Result result;
  private final Set<Effect> effects;
  private final OptionalInt released;
  private final BitSet kinds;
  private final BitSet mapTypes;
  private final String since;

  FunctionContract(
      int id,
      String name,
      String prototype,
      List<Argument> arguments,
      Result result,
      Set<Effect> effects,
      OptionalInt released,
      BitSet kinds,
      BitSet mapTypes,
      String since) {
    this.id = id;
    this.name = name;
    this.prototype = prototype;
    this.arguments = List.copyOf(arguments);
    this.result = result;
    this.effects = Set.copyOf(effects);
    this.released = released;
    this.kinds = kinds;
    this.mapTypes = mapTypes;
    this.since = since;
  }

  /** What a call does beside its arguments and its result. */
  public enum Effect {
    /** Only programs under a GPL-compatible license may call it. */
    GPL_ONLY,
    /** It tells addresses, or reads what lies at any: only for programs that may know them. */
    ADDRESSES,
    /** May move the packet: pointers into it and its end are dead afterwards. */
    MOVES_PACKET,
    /** The result, if not null, has to be released; so has a dynptr or iterator that it initialises. */
    ACQUIRES,
    /** May sleep: only sleepable programs may call it, and not within a critical section. */
    SLEEPS,
    /** Memory that it is given may be packet bytes. */
    PACKET_MEMORY,
    /** Changes what the map among its arguments holds. */
    CHANGES_MAP,
    /** Takes the lock that is its argument. */
    LOCKS,
    /** Gives back the lock that is its argument. */
    UNLOCKS,
    /** Enters an RCU critical section. */
    RCU_LOCKS,
    /** Leaves an RCU critical section. */
    RCU_UNLOCKS,
    /** Forbids preemption. */
    DISABLES_PREEMPTION,
    /** Permits preemption again. */
    ENABLES_PREEMPTION
  }

  /** The number by which {@code call} names a helper; 0 for other functions, which have none. */
  public int id() {
    return id;
  }

  /** The name in C without the prefix {@code bpf_} for a helper, for example {@code map_lookup_elem}; whole for other functions. */
  public String name() {
    return name;
  }

  /** The C prototype. */
  public String prototype() {
    return prototype;
  }

  /** What each argument has to be: the first one is {@code r1}. At most 5; further registers are not looked at. */
  public List<Argument> arguments() {
    return arguments;
  }

  /** What {@code r0} holds after the call. */
  public Result result() {
    return result;
  }

  /**
   * Whether the function takes an argument as 32 bits, so that the high half of its register does not matter: in C it is a {@code u32}.
   *
   * @param register 1 to 5
   */
  public boolean takesLowHalf(int register) {
    int open = prototype.indexOf('(');
    String[] parameters =
        prototype.substring(open + 1, prototype.lastIndexOf(')')).split(",", -1);
    return register <= parameters.length && parameters[register - 1].strip().startsWith("u32 ");
  }

  /** Whether a call has this effect. */
  public boolean has(Effect effect) {
    return effects.contains(effect);
  }

  /** The same function on a host that only lends what it gives, so that nothing need be released. */
  public FunctionContract lending() {
    Set<Effect> others = new HashSet<>(effects);
    others.remove(Effect.ACQUIRES);
    Result lent = result instanceof Result.AllocatedMemory memory
        ? new Result.BorrowedMemory(memory.argument(), true, true)
        : result;
    return new FunctionContract(
        id, name, prototype, arguments, lent, others, released, kinds, mapTypes, since);
  }

  /** The same function on a host that lets all programs know addresses. */
  public FunctionContract forAll() {
    Set<Effect> others = new HashSet<>(effects);
    others.remove(Effect.ADDRESSES);
    return new FunctionContract(
        id, name, prototype, arguments, result, others, released, kinds, mapTypes, since);
  }

  /** The register (1 to 5) of the argument that the call releases, so that all copies are dead afterwards. */
  public OptionalInt released() {
    return released;
  }

  /** Whether programs of this kind may call it. */
  public boolean callable(ProgramKind kind) {
    return kinds.get(kind.index());
  }

  /** Whether this form of it works on maps of this type; see {@link Platform#helper(int, ProgramKind, MapType)} for others. */
  public boolean accepts(MapType map) {
    return mapTypes.get(map.number());
  }

  /** How many kinds may call it. */
  int kindCount() {
    return kinds.cardinality();
  }

  /** The first release that has it, for example {@code 3.19}. */
  public String since() {
    return since;
  }

  @Override
  public String toString() {
    return prototype;
  }
}
