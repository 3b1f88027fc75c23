package dev.assay.numeric;

import java.util.BitSet;

/** Difference bounds kept explicitly and closed (Miné, "A New Numerical Abstract Domain Based on DBMs", 2001). */
final class Zones implements Relations {
  static final Zones TOP = new Zones();

  private Zones() {}

  @Override
  public boolean isBottom() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isEmpty() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean mentions(int symbol) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long upperBound(int x, int y) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations assume(int x, int y, long bound) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations retain(int[] symbols) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations forget(int symbol) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forEach(DifferenceVisitor visitor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations join(Reading mine, Relations other, Reading theirs, BitSet related) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations widen(Reading mine, Relations next, Reading theirs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean includes(Reading mine, Relations other, Reading theirs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Relations none() {
    return TOP;
  }
}
