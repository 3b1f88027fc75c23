package dev.assay.isa;

import java.util.Set;

/**
 * A named set of instructions that a runtime has as a whole or need not have (RFC 9669, section 2.4).
 *
 * @param name such as {@code base64}
 * @param includes the names of the groups that it includes, directly
 * @param status its standing
 * @param isExtension whether no RFC defines it
 * @param isDefault whether it is allowed unless something else is said
 * @param reference what gives it its standing, as {@code RFC 9669, section 2.4}
 * @param without what a source has instead for a host that lacks the group; {@code -} if a lower {@code -mcpu} of LLVM
 *     does without by itself
 * @param text what is in it; informative
 */
public record ConformanceGroup(
    String name,
    Set<String> includes,
    Status status,
    boolean isExtension,
    boolean isDefault,
    String reference,
    String without,
    String text) {
  /** Whether nothing new should use it. */
  public boolean isDeprecated() {
    return status == Status.HISTORICAL;
  }

  /** Whether the compiler does without it by itself, so that {@link #without} has nothing to say. */
  public boolean isAvoidedByCompiler() {
    return without.equals("-");
  }
}
