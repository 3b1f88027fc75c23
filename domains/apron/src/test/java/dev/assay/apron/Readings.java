package dev.assay.apron;

import dev.assay.numeric.Relations;
import java.util.SplittableRandom;

/** A reading as a table: one row a symbol of the result. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Readings(int[] symbols, long[] shifts, long[] mins, long[] maxs)
    implements Relations.Reading {

  /** Each symbol as itself, of which nothing else is known. */
  static Readings identity(int count) {
    Readings all = new Readings(new int[count], new long[count], new long[count], new long[count]);
    for (int i = 0; i < count; i++) {
      all.symbols[i] = i + 1;
      all.mins[i] = Long.MIN_VALUE;
      all.maxs[i] = Long.MAX_VALUE;
    }
    return all;
  }

  /** Each symbol of the result as another one here, plus a shift. */
  static Readings permuted(int count, SplittableRandom random) {
    Readings all = identity(count);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = all.symbols[j];
      all.symbols[j] = all.symbols[i];
      all.symbols[i] = other;
      all.shifts[i] = random.nextInt(-3, 4);
    }
    return all;
  }

  /** Any symbols, some of them twice and some not at all, with ranges. */
  static Readings any(int count, int own, SplittableRandom random) {
    Readings any = identity(count);
    for (int i = 0; i < count; i++) {
      any.symbols[i] = random.nextInt(own + 1);
      any.shifts[i] = random.nextInt(-2, 3);
      any.mins[i] = random.nextInt(-6, 5);
      any.maxs[i] = any.mins[i] + random.nextInt(9);
    }
    return any;
  }

  @Override
  public int count() {
    return symbols.length;
  }

  @Override
  public int symbol(int t) {
    return symbols[t - 1];
  }

  @Override
  public long shift(int t) {
    return shifts[t - 1];
  }

  @Override
  public long min(int t) {
    return mins[t - 1];
  }

  @Override
  public long max(int t) {
    return maxs[t - 1];
  }
}
