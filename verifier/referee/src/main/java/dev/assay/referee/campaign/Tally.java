package dev.assay.referee.campaign;

import dev.assay.referee.Referee;
import dev.assay.verifier.search.Rung;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a number of rulings come to.
 *
 * @param programs how many were examined
 * @param accepted how many of them the verifier accepted, which were then run
 * @param violations how many contradicted their verdict
 * @param rungs how many were proved on each rung, and had each step of their runs held against its states
 * @param steps how many instructions were executed
 */
public record Tally(
    long programs, long accepted, long violations, Map<Rung, Long> rungs, long steps) {
  public Tally {
    Map<Rung, Long> inOrder = new EnumMap<>(Rung.class);
    inOrder.putAll(rungs);
    rungs = Collections.unmodifiableMap(inOrder);
  }

  /** Nothing yet. */
  public static final Tally NONE = new Tally(0, 0, 0, Map.of(), 0);

  /** With another ruling. */
  Tally plus(Referee.Ruling ruling) {
    Map<Rung, Long> more = new EnumMap<>(Rung.class);
    more.putAll(rungs);
    ruling.rungs().forEach(rung -> more.merge(rung, 1L, Long::sum));
    return new Tally(
        programs + 1,
        accepted + (ruling.accepted() ? 1 : 0),
        violations + (ruling.violation().isPresent() ? 1 : 0),
        more,
        steps + ruling.steps());
  }
}
