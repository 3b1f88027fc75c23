package dev.assay.verifier.state;

import dev.assay.numeric.Relations;
import java.util.Arrays;

/**
 * How one operand of a join reads the symbols of the result: result symbol t is {@code symbol(t) + shift(t)} there. Grows as result symbols are
 * made.
 */
final class Correspondence implements Relations.Reading {
  /**
   * Stands for a word that is no symbol plus a constant: no relation mentions it. It must be 0, for two words with one symbol of their own would
   * count as equally far apart.
   */
  static final int NO_SYMBOL = 0;

  private int count;
  private int[] symbols = new int[16];
  private long[] shifts = new long[16];
  private long[] mins = new long[16];
  private long[] maxs = new long[16];

  /** Adds the next result symbol. */
  void add(int symbol, long shift, long min, long max) {
    count++;
    if (count == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * count);
      shifts = Arrays.copyOf(shifts, 2 * count);
      mins = Arrays.copyOf(mins, 2 * count);
      maxs = Arrays.copyOf(maxs, 2 * count);
    }
    symbols[count] = symbol;
    shifts[count] = shift;
    mins[count] = min;
    maxs[count] = max;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int symbol(int t) {
    return symbols[t];
  }

  @Override
  public long shift(int t) {
    return shifts[t];
  }

  @Override
  public long min(int t) {
    return mins[t];
  }

  @Override
  public long max(int t) {
    return maxs[t];
  }
}
