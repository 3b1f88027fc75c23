package dev.assay.numeric;

import java.util.BitSet;

/** The join of two zones, each seen through its reading. */
final class Joining {
  private final Side left;
  private final Side right;
  private final Edges joined;

  private Joining(Side left, Side right, int expected) {
    this.left = left;
    this.right = right;
    this.joined = new Edges(expected);
  }

  /**
   * The bounds that hold on both sides and say more than the joined ranges: of the pairs that are stored on a side, and of
   * those in {@code related}.
   */
  static Edges join(Side left, Side right, BitSet related) {
    Edges a = left.stored();
    Edges b = right.stored();
    Joining joining = new Joining(left, right, a.size() + b.size());
    joining.merge(a, b);
    joining.relate(a, b, related);
    return joining.joined.sort();
  }

  private void merge(Edges a, Edges b) {
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      long key = i == a.size()
          ? b.keyAt(j)
          : j == b.size() ? a.keyAt(i) : Math.min(a.keyAt(i), b.keyAt(j));
      long ofLeft = i < a.size() && a.keyAt(i) == key ? a.boundAt(i++) : Relations.UNBOUNDED;
      long ofRight = j < b.size() && b.keyAt(j) == key ? b.boundAt(j++) : Relations.UNBOUNDED;
      add(key, ofLeft, ofRight);
    }
  }

  private void relate(Edges a, Edges b, BitSet related) {
    for (int t = related.nextSetBit(1); t >= 0; t = related.nextSetBit(t + 1)) {
      for (int u = related.nextSetBit(1); u >= 0; u = related.nextSetBit(u + 1)) {
        long key = Edges.key(t, u);
        if (t != u && a.indexOf(key) < 0 && b.indexOf(key) < 0) {
          add(key, Relations.UNBOUNDED, Relations.UNBOUNDED);
        }
      }
    }
  }

  private void add(long key, long ofLeft, long ofRight) {
    int t = Edges.x(key);
    int u = Edges.y(key);
    long bound =
        Math.max(Math.min(ofLeft, left.byRange(t, u)), Math.min(ofRight, right.byRange(t, u)));
    if (bound < byJoinedRange(left, right, t, u)) {
      joined.add(key, bound);
    }
  }

  /** What the joined ranges say of t − u. */
  static long byJoinedRange(Side left, Side right, int t, int u) {
    return DifferenceBounds.difference(
        Math.max(left.max(t), right.max(t)), Math.min(left.min(u), right.min(u)));
  }
}
