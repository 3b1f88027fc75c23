package dev.assay.verifier.search;

import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.semantics.Budget;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import dev.assay.verifier.verdict.Finding;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rungs of precision: a program climbs one only if the judge did not confirm a proof on the one below, and then keeps apart what the failed checks depend
 * on. Every rung has a budget of abstract steps of its own, so that the outcome is the same on every machine; a
 * deadline is one for all of them.
 */
public final class Ladder {
  private static final int DESCENDING_PASSES = 2;

  private static final int FRACTION_FOR_PATHS = 2;

  private final Setting setting;
  private final ProgramShape shape;
  private final ProgramFacts facts;
  private final State entry;
  private final Budget budget;
  private final BitSet failed = new BitSet();
  private int refusals;

  private Ladder(Setting setting, ProgramShape shape, State entry, Budget budget) {
    this.setting = setting;
    this.shape = shape;
    this.facts = ProgramFacts.of(setting, shape);
    this.entry = entry;
    this.budget = budget;
  }

  /**
   * What was claimed on a rung, and what the judge says of it.
   *
   * @param exhausted what the first finer search that ended without claims says, if there was one; that the time was up goes before
   * @param refusals how many claims the judge found not to be invariants, on this rung and those before: mistakes of the search
   */
  public record Climb(
      Rung rung,
      Claims claims,
      Judgement judgement,
      Optional<SearchExhausted> exhausted,
      int refusals) {}

  /**
   * Climbs until a proof is confirmed.
   *
   * @param entry the state in which the program is entered
   * @param budget the most abstract steps on each rung, and the deadline for all
   * @return the proof, or what is known on the finest rung whose search finished
   * @throws SearchExhausted if none did
   */
  public static Climb climb(Setting setting, ProgramShape shape, State entry, Budget budget)
      throws SearchExhausted {
    return new Ladder(setting, shape, entry, budget).climb();
  }

  private Climb climb() throws SearchExhausted {
    Climb best = null;
    SearchExhausted first = null;
    for (Rung rung : Rung.values()) {
      if (rung.byFailures() && failed.isEmpty()) {
        // Nothing failed that a slice could start from.
        break;
      }
      try {
        Climb reached = attempt(rung);
        if (reached.judgement().accepts()) {
          return reached;
        }
        if (best == null || reached.judgement().inductive()) {
          best = reached;
        }
        for (Finding finding : reached.judgement().findings()) {
          if (finding.slot() != Finding.NO_SLOT) {
            failed.set(finding.slot());
          }
        }
      } catch (SearchExhausted exhausted) {
        if (exhausted.limit() == SearchExhausted.Limit.TIME) {
          return result(best, exhausted);
        }
        first = first == null ? exhausted : first;
      }
    }
    return result(best, first);
  }

  private Climb result(@Nullable Climb best, @Nullable SearchExhausted exhausted)
      throws SearchExhausted {
    if (best != null) {
      return new Climb(
          best.rung(), best.claims(), best.judgement(), Optional.ofNullable(exhausted), refusals);
    }
    if (exhausted != null) {
      throw exhausted;
    }
    throw new AssertionError("a search ends with claims or is exhausted");
  }

  /** One rung; where the descending passes led too far, without them. */
  private Climb attempt(Rung rung) throws SearchExhausted {
    Climb narrowed = attempt(rung, DESCENDING_PASSES);
    return narrowed.judgement().inductive() ? narrowed : attempt(rung, 0);
  }

  private Climb attempt(Rung rung, int descendingPasses) throws SearchExhausted {
    Claims claims = ProgramSearch.search(
        facts, entry, new Effort(rung, failed, descendingPasses, budget(rung)));
    Judgement judgement = Judge.judge(setting, shape, claims, entry);
    refusals += judgement.inductive() ? 0 : 1;
    return new Climb(rung, claims, judgement, Optional.empty(), refusals);
  }

  /** Paths are followed one by one only where that is a fraction of the work that may be spent on all of them together. */
  private Budget budget(Rung rung) {
    return rung.byFailures()
        ? budget.withSteps(Math.max(1, budget.steps() / FRACTION_FOR_PATHS))
        : budget;
  }
}
