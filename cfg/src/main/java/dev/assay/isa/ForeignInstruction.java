package dev.assay.isa;

import java.util.List;
import java.util.Optional;

/**
 * An instruction that is defined outside RFC 9669 and that Assay does not know, as the table
 * {@code foreign-instructions.tsv} has it.
 *
 * @param opcode 0 to 255
 * @param immediate the field {@code imm}
 * @param name what its authors call it
 * @param origin where it comes from
 * @param instead what a source has instead
 */
record ForeignInstruction(
    int opcode, FieldPattern immediate, String name, String origin, String instead) {
  private static final List<ForeignInstruction> ALL =
      ResourceTable.read("foreign-instructions.tsv", "opcode imm name origin instead").stream()
          .map(ForeignInstruction::of)
          .toList();

  /** The one with this encoding. */
  static Optional<ForeignInstruction> of(EncodedInstruction encoded) {
    return ALL.stream()
        .filter(known ->
            known.opcode == encoded.opcode() && known.immediate.matches(encoded.immediate()))
        .findFirst();
  }

  /** A sentence that says what it is, and what to do. */
  String message() {
    return "%s, an instruction outside RFC 9669 (%s) that Assay does not know; use %s instead"
        .formatted(name, origin, instead);
  }

  private static ForeignInstruction of(ResourceTable.Row row) {
    return new ForeignInstruction(
        row.parsed("opcode", "a number", Integer::decode),
        row.parsed("imm", "\"any\" or a number", FieldPattern::parse),
        row.text("name"),
        row.text("origin"),
        row.text("instead"));
  }
}
