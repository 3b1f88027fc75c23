package dev.assay.referee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.referee.generator.ProgramGenerator;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** No generated program contradicts its verdict. A violation is shown with its seed, made as small as it can be. */
class RefereeTest {
  private static final long SEED = Long.getLong("assay.referee.seed", 1);
  private static final int PROGRAMS = Integer.getInteger("assay.referee.programs", 400);

  @Test
  void acceptedProgramsDoWhatWasProved() {
    int accepted = 0;
    for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
      Optional<Violation> violation = RefereeRun.examine(seed);
      if (violation.isPresent()) {
        throw new AssertionError("seed " + seed + ": " + Referee.minimised(violation.get()));
      }
      accepted += Referee.accepts(ProgramGenerator.generate(seed)) ? 1 : 0;
    }
    assertTrue(5 * accepted >= PROGRAMS, "only " + accepted + " of " + PROGRAMS + " were accepted");
  }

  @Test
  void aSeedAlwaysGivesTheSameProgram() {
    assertEquals(ProgramGenerator.generate(SEED), ProgramGenerator.generate(SEED));
  }
}
