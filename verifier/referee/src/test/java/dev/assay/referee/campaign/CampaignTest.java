package dev.assay.referee.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.RelationalDomain;
import dev.assay.referee.Referee;
import dev.assay.referee.Violation;
import dev.assay.referee.generator.ProgramGenerator;
import dev.assay.verifier.search.Rung;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** No generated program contradicts its verdict. A violation is shown with its seed, made as small as it can be. */
class CampaignTest {
  private static final long SEED = Long.getLong("assay.referee.seed", 1);
  private static final int PROGRAMS = Integer.getInteger("assay.referee.programs", 400);

  private static final Campaign.Witness FAILING = new Campaign.Witness() {
    @Override
    public void found(long seed, Violation violation) {
      throw new AssertionError("seed " + seed + "\n" + Exhibit.text(violation));
    }

    @Override
    public void reached(Tally tally) {}
  };

  @Test
  void acceptedProgramsDoWhatWasProved() {
    Tally tally = Tally.NONE;
    for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
      Referee.Ruling ruling = Campaign.examine(seed, RelationalDomain.ZONE);
      long failed = seed;
      ruling.violation().ifPresent(found -> FAILING.found(failed, found));
      tally = tally.plus(ruling);
    }
    assertEquals(PROGRAMS, tally.programs());
    assertTrue(5 * tally.accepted() >= PROGRAMS, tally.toString());
    for (Rung rung : Rung.values()) {
      assertTrue(tally.rungs().getOrDefault(rung, 0L) * 20 >= PROGRAMS, tally.toString());
    }
  }

  @Test
  void howManyThreadsThereAreMakesNoDifference() throws InterruptedException {
    Tally alone = Campaign.run(SEED, 60, RelationalDomain.ZONE, 1, () -> true, FAILING);
    assertEquals(alone, Campaign.run(SEED, 60, RelationalDomain.ZONE, 3, () -> true, FAILING));
    assertEquals(60, alone.programs());
  }

  @Test
  void aCampaignEndsWhenItsTimeIsUp() throws InterruptedException {
    AtomicInteger left = new AtomicInteger(5);
    assertEquals(
        5,
        Campaign.run(
                SEED,
                1_000_000,
                RelationalDomain.ZONE,
                1,
                () -> left.getAndDecrement() > 0,
                FAILING)
            .programs());
  }

  @Test
  void afterTheLargestSeedComesTheLeast() throws InterruptedException {
    assertEquals(
        3,
        Campaign.run(Long.MAX_VALUE - 1, 3, RelationalDomain.ZONE, 1, () -> true, FAILING)
            .programs());
  }

  @Test
  void aProgramThatIsNotExaminedIsNotPassedOver() {
    Campaign.Witness broken = new Campaign.Witness() {
      @Override
      public void found(long seed, Violation violation) {}

      @Override
      public void reached(Tally tally) {
        throw new UnsupportedOperationException("broken");
      }
    };
    Throwable failure = assertThrows(
        IllegalStateException.class,
        () -> Campaign.run(SEED, 10, RelationalDomain.ZONE, 2, () -> true, broken));
    assertTrue(String.valueOf(failure.getMessage()).contains("seed "), failure::toString);
  }

  @Test
  void aSeedAlwaysGivesTheSameProgram() {
    assertEquals(ProgramGenerator.generate(SEED), ProgramGenerator.generate(SEED));
  }
}
