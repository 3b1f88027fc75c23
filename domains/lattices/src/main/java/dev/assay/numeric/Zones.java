package dev.assay.numeric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The zone domain: a weighted graph whose edge from x to y with weight k says x − y ≤ k, kept with all its shortest
 * paths (Miné, "A New Numerical Abstract Domain Based on Difference-Bound Matrices", 2001). Only bounds that say
 * something are stored, in two parallel arrays sorted by (x, y); elements that share nothing are small, and equal
 * contents are equal arrays.
 *
 * <p>"All shortest paths" means those of the stored edges. A join drops bounds that its operands' ranges imply, so paths
 * that would need a range as an edge are not found here; the owner of the ranges refines them by the edges instead.
 *
 * <p>At most {@value #MAX_SYMBOLS} symbols have bounds. Beyond that the symbol with the fewest is forgotten, of several
 * the one with the highest number, so that the same program gives the same result everywhere.
 */
final class Zones implements Relations {
  /** The most symbols that have bounds in one element. */
  static final int MAX_SYMBOLS = 32;

  private static final long[] NONE = {};
  static final Zones TOP = new Zones(NONE, NONE, false);
  private static final Zones BOTTOM = new Zones(NONE, NONE, true);

  private final long[] keys;
  private final long[] bounds;
  private final int[] symbols;
  private final boolean bottom;
  private final int hash;

  private Zones(long[] keys, long[] bounds, boolean bottom) {
    this.keys = keys;
    this.bounds = bounds;
    this.symbols = symbols(keys);
    this.bottom = bottom;
    this.hash = bottom ? 1 : Arrays.hashCode(keys) * 31 + Arrays.hashCode(bounds);
  }

  /** The symbols in {@code keys}, ascending. */
  private static int[] symbols(long[] keys) {
    int[] found = new int[2 * keys.length];
    for (int i = 0; i < keys.length; i++) {
      found[2 * i] = Edges.x(keys[i]);
      found[2 * i + 1] = Edges.y(keys[i]);
    }
    Arrays.sort(found);
    int n = 0;
    for (int i = 0; i < found.length; i++) {
      if (i == 0 || found[i] != found[i - 1]) {
        found[n++] = found[i];
      }
    }
    return Arrays.copyOf(found, n);
  }

  private static Zones of(Edges edges) {
    if (edges.size() == 0) {
      return TOP;
    }
    Zones zone = new Zones(edges.keys(), edges.bounds(), false);
    while (zone.symbols.length > MAX_SYMBOLS) {
      zone = (Zones) zone.forget(zone.leastConnected());
    }
    return zone;
  }

  private int leastConnected() {
    int[] degree = new int[symbols.length];
    for (long key : keys) {
      degree[indexOf(Edges.x(key))]++;
      degree[indexOf(Edges.y(key))]++;
    }
    int least = 0;
    for (int i = 1; i < degree.length; i++) {
      if (degree[i] <= degree[least]) {
        least = i;
      }
    }
    return symbols[least];
  }

  @Override
  public boolean isBottom() {
    return bottom;
  }

  @Override
  public boolean isEmpty() {
    return !bottom && keys.length == 0;
  }

  @Override
  public boolean mentions(int symbol) {
    return indexOf(symbol) >= 0;
  }

  private int indexOf(int symbol) {
    return Arrays.binarySearch(symbols, symbol);
  }

  /** The symbols that have bounds. */
  IntStream symbols() {
    return Arrays.stream(symbols);
  }

  @Override
  public long upperBound(int x, int y) {
    if (x == y) {
      return 0;
    }
    int at = Arrays.binarySearch(keys, Edges.key(x, y));
    return at >= 0 ? bounds[at] : UNBOUNDED;
  }

  /**
   * A new edge from x to y can shorten only paths through it: from each p with an edge to x (or x itself) to each s with
   * an edge from y (or y itself). It closes a negative cycle exactly if the way back is shorter than −bound.
   */
  @Override
  public Relations assume(int x, int y, long bound) {
    if (bottom || (x == y && bound >= 0) || DifferenceBounds.stored(bound) == UNBOUNDED) {
      return this;
    }
    if (x == y || upperBound(y, x) < -bound) {
      return BOTTOM;
    }
    if (upperBound(x, y) <= bound) {
      return this;
    }
    long[] toX = new long[symbols.length + 1];
    int[] before = predecessors(x, toX);
    long[] fromY = new long[symbols.length + 1];
    int[] after = successors(y, fromY);
    Edges added = new Edges(before.length * after.length);
    for (int i = 0; i < before.length; i++) {
      long toY = DifferenceBounds.sum(toX[i], bound);
      for (int j = 0; j < after.length; j++) {
        long path = DifferenceBounds.sum(toY, fromY[j]);
        if (before[i] == after[j]) {
          if (path < 0) {
            return BOTTOM;
          }
        } else if (path < upperBound(before[i], after[j])) {
          added.add(Edges.key(before[i], after[j]), path);
        }
      }
    }
    return with(added);
  }

  /** The symbols with an edge to x, and x; ascending, with their distances. */
  private int[] predecessors(int x, long[] distances) {
    int[] found = new int[distances.length];
    int n = 0;
    for (int p : symbols) {
      long d = upperBound(p, x);
      if (d != UNBOUNDED) {
        found[n] = p;
        distances[n++] = d;
      }
    }
    return orSelf(found, n, x);
  }

  /** The symbols with an edge from y, and y; ascending, with their distances. */
  private int[] successors(int y, long[] distances) {
    int[] found = new int[distances.length];
    int n = 0;
    for (int s : symbols) {
      long d = upperBound(y, s);
      if (d != UNBOUNDED) {
        found[n] = s;
        distances[n++] = d;
      }
    }
    return orSelf(found, n, y);
  }

  /** The symbols found; just {@code self}, at distance 0, if it has no bounds yet: otherwise it is among them. */
  private static int[] orSelf(int[] found, int n, int self) {
    return n == 0 ? new int[] {self} : Arrays.copyOf(found, n);
  }

  /** This with other bounds where {@code changed} has them. */
  private Zones with(Edges changed) {
    long[] newKeys = changed.keys();
    long[] newBounds = changed.bounds();
    Edges merged = new Edges(keys.length + newKeys.length);
    int i = 0;
    for (int j = 0; j < newKeys.length; j++) {
      while (i < keys.length && keys[i] < newKeys[j]) {
        merged.add(keys[i], bounds[i]);
        i++;
      }
      if (i < keys.length && keys[i] == newKeys[j]) {
        i++;
      }
      merged.add(newKeys[j], newBounds[j]);
    }
    for (; i < keys.length; i++) {
      merged.add(keys[i], bounds[i]);
    }
    return of(merged);
  }

  @Override
  public Relations retain(int[] kept) {
    return filtered(symbol -> Arrays.binarySearch(kept, symbol) >= 0);
  }

  @Override
  public Relations forget(int symbol) {
    return mentions(symbol) ? filtered(s -> s != symbol) : this;
  }

  /** Without the other symbols; what they implied of these is stored already. */
  private Zones filtered(IntPredicate kept) {
    Edges left = new Edges(keys.length);
    for (int i = 0; i < keys.length; i++) {
      if (kept.test(Edges.x(keys[i])) && kept.test(Edges.y(keys[i]))) {
        left.add(keys[i], bounds[i]);
      }
    }
    return left.size() == keys.length ? this : of(left);
  }

  /** Whether {@code predicate} holds for all stored bounds. */
  boolean all(BoundPredicate predicate) {
    for (int i = 0; i < keys.length; i++) {
      if (!predicate.test(Edges.x(keys[i]), Edges.y(keys[i]), bounds[i])) {
        return false;
      }
    }
    return true;
  }

  /** The number of stored bounds. */
  int size() {
    return keys.length;
  }

  @Override
  public void forEach(DifferenceVisitor visitor) {
    for (int i = 0; i < keys.length; i++) {
      visitor.visit(Edges.x(keys[i]), Edges.y(keys[i]), bounds[i]);
    }
  }

  @Override
  public Relations join(Reading mine, Relations other, Reading theirs, BitSet related) {
    Zones that = (Zones) other;
    Side left = new Side(this, mine);
    Side right = new Side(that, theirs);
    if (bottom || that.bottom) {
      return bottom && that.bottom ? BOTTOM : of((bottom ? right : left).stored());
    }
    Zones joined = of(Joining.join(left, right, related));
    return shared(joined.closed((t, u, bound) -> bound < Joining.byJoinedRange(left, right, t, u)));
  }

  /** With those consequences of the stored bounds that pass {@code kept}. */
  private Zones closed(BoundPredicate kept) {
    if (isClosed(kept)) {
      return this;
    }
    Matrix matrix = new Matrix(symbols);
    for (int i = 0; i < keys.length; i++) {
      matrix.set(indexOf(Edges.x(keys[i])), indexOf(Edges.y(keys[i])), bounds[i]);
    }
    return matrix.close() ? of(matrix.edges(kept)) : BOTTOM;
  }

  /** Whether no two edges are a shorter path than is stored, of those that pass {@code kept}. */
  private boolean isClosed(BoundPredicate kept) {
    for (int i = 0; i < keys.length; i++) {
      int x = Edges.x(keys[i]);
      int via = Edges.y(keys[i]);
      int first = Arrays.binarySearch(keys, Edges.key(via, 0));
      for (int j = -first - 1; j < keys.length && Edges.x(keys[j]) == via; j++) {
        int y = Edges.y(keys[j]);
        long path = DifferenceBounds.sum(bounds[i], bounds[j]);
        if (path < upperBound(x, y) && (x == y || kept.test(x, y, path))) {
          return false;
        }
      }
    }
    return true;
  }

  /** This element for one that is equal to it, so that equal states share it. */
  private Zones shared(Zones zone) {
    return zone.equals(this) ? this : zone;
  }

  @Override
  public Relations widen(Reading mine, Relations next, Reading theirs) {
    Zones that = (Zones) next;
    Side left = new Side(this, mine);
    Side right = new Side(that, theirs);
    if (bottom || that.bottom) {
      return bottom && that.bottom ? BOTTOM : of((bottom ? right : left).stored());
    }
    Edges old = left.stored();
    Edges stable = new Edges(old.size());
    for (int i = 0; i < old.size(); i++) {
      long key = old.keyAt(i);
      if (right.known(Edges.x(key), Edges.y(key)) <= old.boundAt(i)) {
        stable.add(key, old.boundAt(i));
      }
    }
    return shared(of(stable));
  }

  @Override
  public boolean includes(Reading mine, Relations other, Reading theirs) {
    Zones that = (Zones) other;
    if (bottom || that.bottom) {
      return that.bottom;
    }
    Side left = new Side(this, mine);
    if (isEmpty() && !left.sharesSymbols()) {
      return true;
    }
    Side right = new Side(that, theirs);
    return left.readsAllMentioned()
        && left.allStored((t, u, bound) -> bound != UNBOUNDED
            && (right.known(t, u) <= bound || right.byNarrowedRange(t, u) <= bound));
  }

  @Override
  public Relations none() {
    return TOP;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Zones that
            && hash == that.hash
            && bottom == that.bottom
            && Arrays.equals(keys, that.keys)
            && Arrays.equals(bounds, that.bounds));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    if (bottom) {
      return "impossible";
    }
    StringBuilder text = new StringBuilder("{");
    forEach((x, y, bound) -> text.append(text.length() == 1 ? "" : ", ")
        .append(x)
        .append(" - ")
        .append(y)
        .append(" <= ")
        .append(bound));
    return text.append('}').toString();
  }
}
