package dev.assay.referee;

import java.util.Arrays;
import java.util.OptionalLong;

/** What words the symbols of a state stand for, as far as a machine tells; emptied for each state. */
final class Words {
  private int[] fullIn = new int[64];
  private int[] lowIn = new int[64];
  private long[] full = new long[64];
  private int[] low = new int[64];
  private int[] symbols = new int[64];
  private int count;
  private int round;

  void clear() {
    round++;
    count = 0;
    // Symbol 0 stands for the word 0.
    fullIn[0] = round;
    full[0] = 0;
  }

  /** How many symbols something is known of, the constant one not counted. */
  int size() {
    return count;
  }

  /** The i-th symbol that something is known of. */
  int symbol(int i) {
    return symbols[i];
  }

  boolean hasFull(int symbol) {
    return symbol < fullIn.length && fullIn[symbol] == round;
  }

  boolean hasLow(int symbol) {
    return symbol < lowIn.length && lowIn[symbol] == round;
  }

  /** The word of a symbol that has one. */
  long full(int symbol) {
    return full[symbol];
  }

  /** The low half of a symbol that has one. */
  int low(int symbol) {
    return low[symbol];
  }

  OptionalLong word(int symbol) {
    return hasFull(symbol) ? OptionalLong.of(full[symbol]) : OptionalLong.empty();
  }

  /** Notes the word of a symbol; false if it has another. */
  boolean putFull(int symbol, long word) {
    if (hasFull(symbol)) {
      return full[symbol] == word;
    }
    note(symbol);
    fullIn[symbol] = round;
    full[symbol] = word;
    return true;
  }

  /** Notes the low half of a symbol's word; false if it has another. */
  boolean putLow(int symbol, int half) {
    if (hasFull(symbol)) {
      return (int) full[symbol] == half;
    }
    if (hasLow(symbol)) {
      return low[symbol] == half;
    }
    note(symbol);
    lowIn[symbol] = round;
    low[symbol] = half;
    return true;
  }

  private void note(int symbol) {
    if (symbol >= full.length || count == symbols.length) {
      int length = Math.max(2 * symbols.length, symbol + 1);
      fullIn = Arrays.copyOf(fullIn, length);
      lowIn = Arrays.copyOf(lowIn, length);
      full = Arrays.copyOf(full, length);
      low = Arrays.copyOf(low, length);
      symbols = Arrays.copyOf(symbols, length);
    }
    if (!hasFull(symbol) && !hasLow(symbol)) {
      symbols[count++] = symbol;
    }
  }
}
