package dev.assay.verifier.verdict;

import dev.assay.object.SourceLine;
import java.util.List;
import java.util.Optional;

/**
 * A check that was not proved.
 *
 * @param slot the slot of the instruction, counted from the start of the program
 * @param source the C line that the instruction comes from, if the object tells
 * @param check the name of the check, in lower case with hyphens, for example {@code packet-bounds}
 * @param message one sentence: what is wrong
 * @param instruction the instruction in assembly
 * @param known what is known of the registers that the instruction uses, one line a register
 * @param required what would have to hold
 */
public record Finding(
    int slot,
    Optional<SourceLine> source,
    String check,
    String message,
    String instruction,
    List<String> known,
    String required) {
  public Finding {
    known = List.copyOf(known);
  }
}
