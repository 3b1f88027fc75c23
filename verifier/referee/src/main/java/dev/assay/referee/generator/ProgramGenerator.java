package dev.assay.referee.generator;

import dev.assay.object.MapDefinition;
import dev.assay.referee.Subject;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random programs, of which a good share is accepted. Half of the others, and some of the accepted ones, are wrong by very little: they were written
 * right, and then changed.
 */
public final class ProgramGenerator {
  /** The maps of all generated programs. */
  public static final List<MapDefinition> MAPS = SubjectMaps.ALL;

  private ProgramGenerator() {}

  /** The program of a seed: the same on every machine. */
  public static Subject generate(long seed) {
    RandomGenerator random = Dice.random(seed);
    boolean mutated = random.nextBoolean();
    Subject written = written(random);
    return mutated ? written.withCode(Mutator.mutate(written.code(), random.nextLong())) : written;
  }

  /** The program of a seed as it was written. */
  static Subject written(long seed) {
    RandomGenerator random = Dice.random(seed);
    random.nextBoolean();
    return written(random);
  }

  private static Subject written(RandomGenerator random) {
    KindFacts facts = KindFacts.ALL.get(random.nextInt(KindFacts.ALL.size()));
    Draft draft = new Draft(new Dice(random, random.nextInt(3) == 0), facts);
    new Statements(draft).program();
    return new Subject(draft.build(), MAPS, facts.kind());
  }
}
