package dev.assay.numeric;

import java.util.Arrays;

/** One operand of a binary operation on zones, seen through its reading: what it knows of the result's symbols. */
final class Side {
  private final Zones zone;
  private final Relations.Reading reading;

  /** Which t read which of the operand's symbols: (symbol, t) as in {@link Edges#key}, ascending. */
  private final long[] readers;

  Side(Zones zone, Relations.Reading reading) {
    this.zone = zone;
    this.reading = reading;
    long[] found = new long[reading.count()];
    int n = 0;
    for (int t = 1; t <= reading.count(); t++) {
      if (reading.symbol(t) != 0) {
        found[n++] = Edges.key(reading.symbol(t), t);
      }
    }
    Arrays.sort(found, 0, n);
    readers = n == found.length ? found : Arrays.copyOf(found, n);
  }

  /** Where the readers of a symbol begin. */
  private int firstReader(int symbol) {
    return -Arrays.binarySearch(readers, Edges.key(symbol, 0)) - 1;
  }

  private boolean reads(int reader, int symbol) {
    return reader < readers.length && Edges.x(readers[reader]) == symbol;
  }

  /** Whether two of the result's symbols read the same of the operand's. */
  boolean sharesSymbols() {
    for (int i = 1; i < readers.length; i++) {
      if (Edges.x(readers[i]) == Edges.x(readers[i - 1])) {
        return true;
      }
    }
    return false;
  }

  /** Whether each symbol with a stored bound is read by some t. */
  boolean readsAllMentioned() {
    return zone.symbols().allMatch(symbol -> reads(firstReader(symbol), symbol));
  }

  /**
   * Whether {@code predicate} holds for all that is stored of the result's symbols: bounds between the symbols that they
   * read, and that two read the same. A bound is {@link Relations#UNBOUNDED} if the shifts make it too large to store.
   */
  boolean allStored(BoundPredicate predicate) {
    return zone.all((x, y, bound) -> allReaders(x, y, bound, predicate)) && allShared(predicate);
  }

  private boolean allReaders(int x, int y, long bound, BoundPredicate predicate) {
    int first = firstReader(y);
    for (int i = firstReader(x); reads(i, x); i++) {
      for (int j = first; reads(j, y); j++) {
        if (!testShifted(Edges.y(readers[i]), Edges.y(readers[j]), bound, predicate)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean allShared(BoundPredicate predicate) {
    for (int i = 0; i < readers.length; i++) {
      for (int j = i + 1; reads(j, Edges.x(readers[i])); j++) {
        int t = Edges.y(readers[i]);
        int u = Edges.y(readers[j]);
        if (!testShifted(t, u, 0, predicate) || !testShifted(u, t, 0, predicate)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean testShifted(int t, int u, long bound, BoundPredicate predicate) {
    return predicate.test(
        t, u, DifferenceBounds.shifted(bound, reading.shift(t), reading.shift(u)));
  }

  /** All that is stored of the result's symbols, in order. */
  Edges stored() {
    Edges edges = new Edges(2 * zone.size());
    allStored((t, u, bound) -> {
      if (bound != Relations.UNBOUNDED) {
        edges.add(Edges.key(t, u), bound);
      }
      return true;
    });
    return edges.sort();
  }

  /** What is known of t − u from their ranges. */
  long byRange(int t, int u) {
    return DifferenceBounds.difference(reading.max(t), reading.min(u));
  }

  /** What is known of t − u from what is stored and from their ranges. */
  long known(int t, int u) {
    return Math.min(byRange(t, u), byStored(t, u));
  }

  /**
   * What is known of t − u from their ranges, narrowed by what is stored. A join stores what follows from several bounds,
   * where an operand may know one of them as a stored bound and the next from ranges.
   */
  long byNarrowedRange(int t, int u) {
    long max = reading.max(t);
    long min = reading.min(u);
    for (int v = 1; v <= reading.count(); v++) {
      long below = byStored(t, v);
      if (below != Relations.UNBOUNDED) {
        max = Math.min(max, saturated(reading.max(v), below));
      }
      long above = byStored(v, u);
      if (above != Relations.UNBOUNDED) {
        min = Math.max(min, saturated(reading.min(v), -above));
      }
    }
    return DifferenceBounds.difference(max, min);
  }

  private static long saturated(long word, long bound) {
    long sum = word + bound;
    boolean overflows = ((word ^ sum) & (bound ^ sum)) < 0;
    return overflows ? (word < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  private long byStored(int t, int u) {
    int x = reading.symbol(t);
    int y = reading.symbol(u);
    return x == 0 || y == 0
        ? Relations.UNBOUNDED
        : DifferenceBounds.shifted(zone.upperBound(x, y), reading.shift(t), reading.shift(u));
  }

  long min(int t) {
    return reading.min(t);
  }

  long max(int t) {
    return reading.max(t);
  }
}
