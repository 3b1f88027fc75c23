package dev.assay.platform;

import java.util.Optional;

/**
 * What a program is loaded as: a program type together with the attach type that it expects.
 *
 * @param index the position in {@link Platform#programKinds}, the same for the sleepable and the ordinary form
 * @param name for example {@code xdp} or {@code cgroup_sock_addr/connect4}
 * @param type the platform's number of the program type
 * @param attachType the platform's number of the expected attach type, 0 if none is expected
 * @param sleepable whether programs may call functions that sleep
 * @param context the bytes of the context that programs may access
 * @param policy what the platform demands of the loader, and so the default
 * @param legacyPacketAccess whether the deprecated packet instructions (RFC 9669, section 5.5) are legal
 * @param packet what may be done with the bytes between {@code data} and {@code data_end}
 * @param result what the program may return, or empty if anything
 * @param btfTarget if the context's arguments are those of the attach target: what precedes the target's name in the kernel's
 *     BTF, for example {@code bpf_lsm_}; may be the empty string
 * @param locks whether programs may use maps whose values have a lock
 * @param since the first release that knows the kind, for example {@code 4.8}
 */
public record ProgramKind(
    int index,
    String name,
    int type,
    int attachType,
    boolean sleepable,
    Layout context,
    Policy policy,
    boolean legacyPacketAccess,
    PacketAccess packet,
    Optional<IntegerRange> result,
    Optional<String> btfTarget,
    boolean locks,
    String since) {

  /** Whether the types of the context's arguments are those of the attach target: {@code fentry}, {@code lsm}, {@code iter}, … */
  public boolean hasTypedArguments() {
    return btfTarget.isPresent();
  }

  /** The same kind, sleepable. */
  public ProgramKind asSleepable() {
    return new ProgramKind(
        index,
        name,
        type,
        attachType,
        true,
        context,
        policy,
        legacyPacketAccess,
        packet,
        result,
        btfTarget,
        locks,
        since);
  }

  @Override
  public String toString() {
    return name;
  }
}
