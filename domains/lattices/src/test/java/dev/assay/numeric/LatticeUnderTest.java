package dev.assay.numeric;

import java.util.List;
import java.util.Optional;

/**
 * A domain as {@link LatticeLaws} sees it.
 *
 * @param <E> its elements
 * @param <C> what an element describes: a word, an assignment of integers, a machine state
 */
public interface LatticeUnderTest<E, C> {
  /** An element with some of what it describes, by its construction. */
  record Sample<E, C>(E element, List<C> members) {}

  /**
   * All elements of an instance so small that what an element describes is a bitmap: bit i stands for the i-th of {@code universe}, which has at most
   * 64. The elements include the one that describes nothing, if the domain has it, and are closed under no operation in particular.
   */
  record Small<E, C>(List<E> elements, List<C> universe) {}

  /**
   * Among all pairs of small elements, the percentage for which the answer is the best that the elements allow, rounded down from what was measured: inclusion says yes
   * wherever it could, the join is the least upper bound, the meet is the least element around what both describe.
   */
  record Precision(double inclusion, double join, double meet) {
    /** Of a domain that is exact. */
    public static final Precision BEST = new Precision(100, 100, 100);
  }

  /** A random element. Those of one family are alike, so that they have much to say about each other. */
  Sample<E, C> sample(long family, long seed);

  /**
   * An element that a loop may bring to where {@code e} is known, for chains of widenings: best one that is outside by as little as possible.
   */
  default E arriving(E e, long family, long seed) {
    return sample(family, seed).element();
  }

  /** Whether the element describes this. */
  boolean contains(E element, C concrete);

  /** The order: whether all that {@code small} describes is found to be described by {@code large}. */
  boolean includes(E large, E small);

  E join(E a, E b);

  /** Something between what both describe and either of them; nothing if the domain has no meet, or knows that the two have nothing in common. */
  default Optional<E> meet(E a, E b) {
    return Optional.empty();
  }

  /** Widening; {@code next} includes {@code old}. */
  E widen(E old, E next);

  /** The element that describes nothing, if the domain has one. */
  default Optional<E> bottom() {
    return Optional.empty();
  }

  /** The element that describes everything, if the domain has one. */
  default Optional<E> top() {
    return Optional.empty();
  }

  /** After how many widenings every chain has ended. */
  int longestChain();

  /** Whether elements that include each other are equal. */
  default boolean isCanonical() {
    return true;
  }

  /**
   * In how many of a thousand cases inclusion may miss what follows from its being an order: where bounds follow from others it may not see the way, which
   * costs a round of the search, and nothing else.
   */
  default int missesPerThousand() {
    return 0;
  }

  /** The small instance, if the domain has one. */
  default Optional<Small<E, C>> small() {
    return Optional.empty();
  }

  default Precision precision() {
    return Precision.BEST;
  }
}
