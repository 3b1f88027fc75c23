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
 * @param text what is in it; informative
 */
public record ConformanceGroup(
    String name,
    Set<String> includes,
    Status status,
    boolean isExtension,
    boolean isDefault,
    String text) {}
