package dev.assay.numeric;

import java.util.BitSet;

/** One operand of a binary operation on zones, seen through its reading: what it knows of the result's symbols. */
final class Side {
  private final Zones zone;
  private final Relations.Reading reading;

  /** The operand's symbols that several of the result's symbols read: their differences are known exactly. */
  private final BitSet shared = new BitSet();

  Side(Zones zone, Relations.Reading reading) {
    this.zone = zone;
    this.reading = reading;
    BitSet seen = new BitSet();
    for (int t = 1; t <= reading.count(); t++) {
      int symbol = reading.symbol(t);
      if (symbol != 0) {
        if (seen.get(symbol)) {
          shared.set(symbol);
        }
        seen.set(symbol);
      }
    }
  }

  /** Whether anything but ranges is known of t here. */
  boolean isRelated(int t) {
    int symbol = reading.symbol(t);
    return symbol != 0 && (zone.mentions(symbol) || shared.get(symbol));
  }

  /** What is stored of t − u: a bound between their symbols, or that these are the same. */
  long stored(int t, int u) {
    int x = reading.symbol(t);
    int y = reading.symbol(u);
    return x == 0 || y == 0
        ? Relations.UNBOUNDED
        : DifferenceBounds.shifted(zone.upperBound(x, y), reading.shift(t), reading.shift(u));
  }

  /** What is known of t − u from their ranges. */
  long byRange(int t, int u) {
    return DifferenceBounds.difference(reading.max(t), reading.min(u));
  }

  /** What is known of t − u from both. */
  long known(int t, int u) {
    return Math.min(stored(t, u), byRange(t, u));
  }

  long min(int t) {
    return reading.min(t);
  }

  long max(int t) {
    return reading.max(t);
  }

  /** Whether each symbol with a stored bound is read by some t. */
  boolean readsAllMentioned() {
    BitSet read = new BitSet();
    for (int t = 1; t <= reading.count(); t++) {
      read.set(reading.symbol(t));
    }
    return zone.symbols().allMatch(read::get);
  }
}
