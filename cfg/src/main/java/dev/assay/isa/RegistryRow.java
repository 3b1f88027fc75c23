package dev.assay.isa;

import java.util.Optional;
import java.util.Set;

/**
 * One row of the instruction registry: an encoding and what it stands for.
 *
 * @param opcode 0 to 255
 * @param destination the field {@code dst_reg}; a register where it may be any
 * @param source the field {@code src_reg}; a register where it may be any
 * @param offset the field {@code offset}
 * @param immediate the field {@code imm}
 * @param nextImmediate the field {@code next_imm} of the second slot; empty if there is no second slot
 * @param operation what the encoding stands for
 * @param groups the names of the conformance groups that the instruction belongs to, in the order of the table; at least
 *     one, and any one is enough for a host to have the instruction
 * @param status its standing
 * @param cpu the lowest {@code -mcpu} of LLVM whose code may contain the instruction, {@code v1} to {@code v4}
 * @param reference the section of RFC 9669 that defines it, or {@code extension}
 * @param text what it does, in C where numbers say it, else in words
 */
public record RegistryRow(
    int opcode,
    FieldPattern destination,
    FieldPattern source,
    FieldPattern offset,
    FieldPattern immediate,
    Optional<FieldPattern> nextImmediate,
    Operation operation,
    Set<String> groups,
    Status status,
    String cpu,
    String reference,
    String text) {

  /** Whether an encoded instruction is one of this row, next_imm aside. */
  boolean matches(EncodedInstruction encoded) {
    return encoded.opcode() == opcode
        && destination.matches(encoded.destination())
        && source.matches(encoded.source())
        && offset.matches(encoded.offset())
        && immediate.matches(encoded.immediate());
  }
}
