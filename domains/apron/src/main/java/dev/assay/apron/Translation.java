package dev.assay.apron;

import dev.assay.numeric.Relations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One operand of a binary operation, seen through its reading: an element over symbols of the result, dimension i being {@code wanted[i]}.
 *
 * <p>Sound, for each step keeps all that satisfies the operand: symbols that nothing wanted reads are projected away; the first reader of a symbol takes
 * its dimension, after {@code t := symbol + shift} in integers, which its reading says; further readers are equal to the first but for the difference of
 * the shifts; a reader of no symbol is unknown, and so is one of a symbol that the operand knows nothing of. The left side of an inclusion must be exact: it is where
 * every symbol that is mentioned is read, and no difference of shifts overflows.
 */
final class Translation {
  private final ApronRelations operand;
  private final Relations.Reading reading;
  private final int[] wanted;

  /**
   * The operand seen so.
   *
   * @param wanted symbols of the result, ascending
   */
  Translation(ApronRelations operand, Relations.Reading reading, int[] wanted) {
    this.operand = operand;
    this.reading = reading;
    this.wanted = wanted;
  }

  /** The symbols of a result that read a symbol which the operand mentions, or which another one reads, too; ascending. */
  static int[] mentionedOrShared(ApronRelations operand, Relations.Reading reading) {
    Map<Integer, Integer> readers = new HashMap<>();
    for (int t = 1; t <= reading.count(); t++) {
      readers.merge(reading.symbol(t), 1, Integer::sum);
    }
    return IntStream.rangeClosed(1, reading.count())
        .filter(t -> reading.symbol(t) != 0)
        .filter(t ->
            operand.mentions(reading.symbol(t)) || readers.getOrDefault(reading.symbol(t), 0) > 1)
        .toArray();
  }

  /** With what the ranges of the reading say. */
  Element withRanges() {
    List<LinearConstraint> ranges = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      ranges.addAll(range(i, reading.min(wanted[i]), reading.max(wanted[i])));
    }
    Element element = withoutRanges();
    return ranges.isEmpty() ? element : element.meet(ranges);
  }

  /** What the operand itself says. */
  Element withoutRanges() {
    int[] firstReaders = firstReaders();
    Element element = placed(firstReaders);
    List<LinearConstraint> equations = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      int first = firstReaders[i];
      if (first != i && reading.symbol(wanted[i]) != 0) {
        shift(i, first).ifPresent(shift -> equations.add(shift.isZero()));
      }
    }
    return equations.isEmpty() ? element : element.meet(equations);
  }

  /** For each wanted symbol the first that reads the same of the operand's symbols: both as indices into {@code wanted}. */
  private int[] firstReaders() {
    Map<Integer, Integer> first = new HashMap<>();
    int[] found = new int[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      Integer earlier = first.putIfAbsent(reading.symbol(wanted[i]), i);
      found[i] = earlier == null ? i : earlier;
    }
    return found;
  }

  /** t − u − (their shifts' difference), where t and u read the same symbol; nothing if the difference overflows. */
  private Optional<LinearExpression> shift(int i, int first) {
    long a = reading.shift(wanted[first]);
    long b = reading.shift(wanted[i]);
    long difference = a - b;
    return ((a ^ b) & (a ^ difference)) < 0
        ? Optional.empty()
        : Optional.of(LinearExpression.constant(difference).plus(1, i).plus(-1, first));
  }

  /** The operand with each symbol's dimension at the place of its first reader, after adding the shift. */
  private Element placed(int[] firstReaders) {
    int[] symbols = operand.symbols();
    int[] readers = new int[symbols.length];
    Arrays.fill(readers, -1);
    for (int i = 0; i < wanted.length; i++) {
      for (int d = 0; d < symbols.length; d++) {
        if (firstReaders[i] == i && symbols[d] == reading.symbol(wanted[i])) {
          readers[d] = i;
        }
      }
    }
    Element element = operand.element();
    int[] unread =
        IntStream.range(0, symbols.length).filter(d -> readers[d] < 0).toArray();
    if (unread.length > 0) {
      element = element.remove(unread);
    }
    int[] places = Arrays.copyOf(
        Arrays.stream(readers).filter(reader -> reader >= 0).toArray(), wanted.length);
    int read = symbols.length - unread.length;
    for (int d = 0; d < read; d++) {
      long shift = reading.shift(wanted[places[d]]);
      if (shift != 0) {
        element = element.assign(d, LinearExpression.of(d).plus(shift));
      }
    }
    if (read < wanted.length) {
      element = element.add(wanted.length - read);
    }
    int[] free = IntStream.range(0, wanted.length)
        .filter(i -> Arrays.stream(places, 0, read).noneMatch(place -> place == i))
        .toArray();
    System.arraycopy(free, 0, places, read, free.length);
    boolean moved = IntStream.range(0, places.length).anyMatch(d -> places[d] != d);
    return moved ? element.permute(places) : element;
  }

  /** A dimension from {@code min} to {@code max}; ends that every word satisfies are left out. */
  static List<LinearConstraint> range(int dimension, long min, long max) {
    List<LinearConstraint> range = new ArrayList<>(2);
    if (min != Long.MIN_VALUE) {
      range.add(LinearExpression.of(dimension).plus(-min).isNotNegative());
    }
    if (max != Long.MAX_VALUE) {
      range.add(LinearExpression.constant(max).plus(-1, dimension).isNotNegative());
    }
    return range;
  }
}
