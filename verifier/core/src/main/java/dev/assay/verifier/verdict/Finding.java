package dev.assay.verifier.verdict;

import dev.assay.object.SourceLine;
import java.util.List;
import java.util.Optional;

/**
 * A check that was not proved.
 *
 * @param slot the slot of the instruction, counted from the start of the program; {@link #NO_SLOT} if the finding is
 *     about the program or its object as a whole
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
  /** The slot of a finding that is about no single instruction. */
  public static final int NO_SLOT = -1;

  public Finding {
    known = List.copyOf(known);
  }

  /** A finding about the program or its object as a whole. */
  public static Finding ofWhole(String check, String message, String required) {
    return new Finding(NO_SLOT, Optional.empty(), check, message, "", List.of(), required);
  }
}
