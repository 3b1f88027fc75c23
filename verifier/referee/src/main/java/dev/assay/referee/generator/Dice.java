package dev.assay.referee.generator;

import dev.assay.isa.Comparison;
import dev.assay.isa.Width;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random choices, and the numbers that are worth choosing. */
final class Dice {
  private static final int[] CORNERS = {
    0,
    1,
    2,
    3,
    7,
    8,
    15,
    16,
    31,
    32,
    63,
    64,
    127,
    128,
    255,
    256,
    0xffff,
    0x10000,
    -1,
    -2,
    -8,
    -128,
    -129,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MIN_VALUE + 1,
    Integer.MAX_VALUE - 1
  };

  private static final Comparison[] COMPARISONS = {
    Comparison.EQ,
    Comparison.NE,
    Comparison.SET,
    Comparison.GT,
    Comparison.GE,
    Comparison.LT,
    Comparison.LE,
    Comparison.SGT,
    Comparison.SGE,
    Comparison.SLT,
    Comparison.SLE
  };

  private static final Width[] WIDTHS = Width.values();

  private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private final RandomGenerator random;
  private final boolean careless;

  /**
   * Dice.
   *
   * @param careless whether {@link #slip} ever happens
   */
  Dice(RandomGenerator random, boolean careless) {
    this.random = random;
    this.careless = careless;
  }

  /** The numbers that a seed stands for, the same on every machine. */
  static RandomGenerator random(long seed) {
    return GENERATORS.create(seed);
  }

  /** From 0 to below the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  /** Whether to do something wrong now; never in a careful program. */
  boolean slip(int oneIn) {
    return random.nextInt(oneIn) == 0 && careless;
  }

  <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }

  int pick(int[] values) {
    return values[random.nextInt(values.length)];
  }

  Width width() {
    return pick(WIDTHS);
  }

  Comparison comparison() {
    return pick(COMPARISONS);
  }

  /** 1, 2, 4 or 8 bytes. */
  int size() {
    return 1 << random.nextInt(4);
  }

  /** A size of an access, at most so many bytes. */
  int sizeUpTo(int most) {
    return Math.min(size(), Integer.highestOneBit(most));
  }

  int constant() {
    return switch (random.nextInt(4)) {
      case 0 -> CORNERS[random.nextInt(CORNERS.length)];
      case 1 -> random.nextInt();
      default -> random.nextInt(40) - 8;
    };
  }

  long wide() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> constant();
      case 2 -> 1L << random.nextInt(64);
      default -> constant() & 0xffffffffL;
    };
  }
}
