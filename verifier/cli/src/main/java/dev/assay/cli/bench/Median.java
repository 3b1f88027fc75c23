package dev.assay.cli.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The value in the middle: half of a sample is at most as large, half at least. */
public final class Median {
  private Median() {}

  /**
   * The median of a sample; of an even number of values the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static double of(DoubleStream values) {
    double[] sorted = values.toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("an empty sample has no median");
    }
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
