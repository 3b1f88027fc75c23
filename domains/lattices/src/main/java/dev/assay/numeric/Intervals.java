package dev.assay.numeric;

import java.util.BitSet;

/** The trivial {@link Relations}: it forgets every difference, so that only the ranges of single values remain. */
final class Intervals implements Relations {
  static final Intervals ALONE = new Intervals();

  private Intervals() {}

  @Override
  public boolean isBottom() {
    return false;
  }

  @Override
  public boolean isEmpty() {
    return true;
  }

  @Override
  public boolean mentions(int symbol) {
    return false;
  }

  @Override
  public long upperBound(int x, int y) {
    return x == y ? 0 : UNBOUNDED;
  }

  @Override
  public Relations assume(int x, int y, long bound) {
    return this;
  }

  @Override
  public Relations retain(int[] symbols) {
    return this;
  }

  @Override
  public Relations forget(int symbol) {
    return this;
  }

  @Override
  public void forEach(DifferenceVisitor visitor) {}

  @Override
  public Relations join(Reading mine, Relations other, Reading theirs, BitSet related) {
    return this;
  }

  @Override
  public Relations widen(Reading mine, Relations next, Reading theirs) {
    return this;
  }

  @Override
  public boolean includes(Reading mine, Relations other, Reading theirs) {
    return true;
  }

  @Override
  public Relations none() {
    return this;
  }

  @Override
  public String toString() {
    return "intervals only";
  }
}
