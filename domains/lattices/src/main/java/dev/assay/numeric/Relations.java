package dev.assay.numeric;

import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * What is known between symbols: an immutable element, of which the bounds x − y ≤ k over the integers are asked. Zones keep just these; other domains may
 * know more.
 *
 * <p>A symbol is an int ≥ 1 that stands for an integer in the range of a signed 64-bit word, by the caller's choice of
 * meaning. Symbol 0 is the constant zero; it is never stored, because bounds of a single symbol are known outside
 * (in a {@link Scalar}) and enter through {@link Reading}. Symbols are local to one element: two elements speak of the
 * same thing under different numbers, which the readings of {@link #join}, {@link #widen} and {@link #includes}
 * translate.
 *
 * <p>A domain may drop bounds that say next to nothing: zones drop those beyond ±2<sup>62</sup>, so that sums of two cannot overflow.
 */
public interface Relations {
  /** No bound. */
  long UNBOUNDED = Long.MAX_VALUE;

  /** The zone domain with nothing known. */
  static Relations zones() {
    return Zones.TOP;
  }

  /** A domain that never knows anything of differences: intervals alone. */
  static Relations intervalsOnly() {
    return Intervals.ALONE;
  }

  /** Whether no assignment satisfies the bounds. */
  boolean isBottom();

  /** Whether no bound is stored (and it is not bottom). */
  boolean isEmpty();

  /** Whether a stored bound mentions {@code symbol}. */
  boolean mentions(int symbol);

  /**
   * The stored k with x − y ≤ k, or {@link #UNBOUNDED}. All consequences of the stored bounds are stored, except after
   * {@link #widen}, where the result is deliberately not completed, and beyond a domain's limit of size. For x = y it
   * is 0.
   */
  long upperBound(int x, int y);

  /**
   * With x − y ≤ {@code bound} known too, and all that follows. This element if nothing is new; bottom if it
   * contradicts what is known. x and y are at least 1.
   */
  Relations assume(int x, int y, long bound);

  /**
   * With {@code min} ≤ symbol ≤ {@code max} known too, as far as this domain has use for ranges; a caller tells them of each symbol that is
   * {@linkplain #mentions mentioned}, and again when they narrow. Bottom if it contradicts what is known.
   */
  default Relations assumeRange(int symbol, long min, long max) {
    return this;
  }

  /**
   * With x + y = total + {@code constant} known too, as integers, if this domain can make something of it. x and y are at least 1, {@code total} may be
   * 0. This element if nothing is new; bottom if it contradicts what is known.
   */
  default Relations assumeSum(int x, int y, int total, long constant) {
    return this;
  }

  /** The least known k with x + y − total ≤ k, or {@link #UNBOUNDED}; {@code total} may be 0. */
  default long upperBoundOfSum(int x, int y, int total) {
    return UNBOUNDED;
  }

  /**
   * Whether symbols can have these values at once, as far as a domain knows more than {@link #forEach} tells.
   *
   * @param valued which symbols have one
   * @param valueOf the value of such a symbol
   */
  default boolean allows(IntPredicate valued, IntToLongFunction valueOf) {
    return true;
  }

  /** Without all that mentions a symbol not among {@code symbols}, which is sorted ascending. */
  Relations retain(int[] symbols);

  /** Without all that mentions {@code symbol}. */
  Relations forget(int symbol);

  /** Visits every stored bound, in ascending order of (x, y). */
  void forEach(DifferenceVisitor visitor);

  /**
   * Visits the bounds by which others may be narrowed when {@code symbol} was: those that mention it. A domain that is told ranges visits what it has concluded
   * of all its symbols instead, as bounds of their differences from symbol 0.
   */
  default void forEachOf(int symbol, DifferenceVisitor visitor) {
    forEach((x, y, bound) -> {
      if (x == symbol || y == symbol) {
        visitor.visit(x, y, bound);
      }
    });
  }

  /**
   * One operand's reading of the symbols 1 … {@code count} of a result: here symbol t of the result equals
   * {@code symbol(t) + shift(t)}, and lies in [{@code min(t)}, {@code max(t)}] by what is known outside.
   */
  interface Reading {
    /** The number of symbols of the result. */
    int count();

    /**
     * The operand's own symbol, or 0 where the result's symbol is none plus a shift here, for example a constant: then
     * only its range is known.
     */
    int symbol(int t);

    /** What is added to the operand's symbol. */
    long shift(int t);

    /** The least signed value of t here. */
    long min(int t);

    /** The greatest signed value of t here. */
    long max(int t);
  }

  /**
   * The least upper bound over the symbols 1 … count. The bound of an ordered pair (t, u) is the greater of what both
   * sides know of t − u, each from its stored bound or its outside ranges. A pair gets one if it is stored on at least
   * one side or both t and u are in {@code related}, and only if it says more than the joined outside ranges do.
   */
  Relations join(Reading mine, Relations other, Reading theirs, BitSet related);

  /**
   * Widening: of this side's stored bounds those that hold in {@code next} too, by its stored bounds or its outside
   * ranges. It never invents a bound, so every chain of widenings is finite. Several symbols of the result may read the
   * same symbol here (a class of equal values that split): each inherits its bounds.
   */
  Relations widen(Reading mine, Relations next, Reading theirs);

  /**
   * Whether every stored bound of this element holds in {@code other}, by its stored bounds or its outside ranges; so does
   * that symbols reading the same symbol here are equally far apart there. A bound on a symbol that nothing reads here
   * cannot be looked up, so it counts as not holding.
   */
  boolean includes(Reading mine, Relations other, Reading theirs);

  /** The element of this domain that knows nothing. */
  Relations none();
}
