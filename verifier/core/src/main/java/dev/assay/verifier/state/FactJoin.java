package dev.assay.verifier.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The facts about the symbols of a join that hold on both sides: those of either side, translated, that the other side confirms. */
final class FactJoin {
  private final Side left;
  private final Side right;
  private Facts joined = Facts.NONE;

  private FactJoin(Side left, Side right) {
    this.left = left;
    this.right = right;
  }

  /**
   * One operand.
   *
   * @param words for each result symbol from 1 the value whose number it stands for
   */
  record Side(Numbers numbers, List<Value> words) {
    Value word(int t) {
      return t == 0 ? Value.constant(0) : words.get(t - 1);
    }

    /** Whether the symbol's word, read as a signed integer, is that of the symbol that it reads plus the shift. */
    boolean isExact(int t) {
      return t == 0 || numbers.noWrap(word(t).symbol(), word(t).shift());
    }
  }

  static Facts join(Side left, Side right) {
    if (left.numbers().facts().isEmpty() && right.numbers().facts().isEmpty()) {
      return Facts.NONE;
    }
    FactJoin join = new FactJoin(left, right);
    join.take(left, right);
    join.take(right, left);
    return join.joined;
  }

  /**
   * The facts of a widening: only those that the left side has. What the right side says a little less of, the left side confirms, too; a bound that grows by one on each
   * round would be taken from there again and again.
   */
  static Facts widen(Side left, Side right) {
    FactJoin join = new FactJoin(left, right);
    join.take(left, right);
    return join.joined;
  }

  private void take(Side from, Side other) {
    if (from.numbers().facts().isEmpty()) {
      return;
    }
    Map<Integer, List<Integer>> readers = new HashMap<>();
    for (int t = 1; t <= from.words().size(); t++) {
      Value word = from.word(t);
      if (word.form() == Form.FULL && !word.isLiteral()) {
        readers.computeIfAbsent(word.symbol(), symbol -> new ArrayList<>(1)).add(t);
      }
    }
    FactCheck check = new FactCheck(other.numbers(), other::word);
    for (Fact fact : from.numbers().facts().all()) {
      for (Fact translated : translated(fact, from, readers)) {
        if (check.holds(translated)) {
          joined = joined.with(translated);
        }
      }
    }
  }

  /** The fact in terms of the result's symbols: one for each choice of symbols that read those of the fact. */
  private static List<Fact> translated(Fact fact, Side from, Map<Integer, List<Integer>> readers) {
    List<Fact> result = new ArrayList<>(1);
    switch (fact) {
      case Fact.Sum sum ->
        forEachTriple(
            sum.x(),
            sum.y(),
            sum.total(),
            from,
            readers,
            (x, y, total, shift) -> result.add(new Fact.Sum(x, y, total, sum.constant() + shift)));
      case Fact.AtMost most ->
        forEachTriple(most.x(), most.y(), most.total(), from, readers, (x, y, total, shift) -> {
          if (from.isExact(x) && from.isExact(y) && from.isExact(total)) {
            moved(most.bound(), from.word(x), from.word(y), from.word(total))
                .ifPresent(bound -> result.add(new Fact.AtMost(x, y, total, bound)));
          }
        });
      case Fact.Image image -> {
        for (int to : readers.getOrDefault(image.result(), List.of())) {
          for (int of : readers.getOrDefault(image.argument(), List.of())) {
            if (from.word(to).shift() == 0 && from.word(of).shift() == 0) {
              result.add(new Fact.Image(to, image.function(), image.parameter(), of));
            }
          }
        }
      }
      case Fact.Excluded excluded -> {
        for (int t : readers.getOrDefault(excluded.symbol(), List.of())) {
          result.add(new Fact.Excluded(t, excluded.word() + from.word(t).shift()));
        }
      }
    }
    return result;
  }

  /** A bound of x + y − total, as integers, moved by the shifts of these words; nothing where the bound leaves 64 bits. */
  private static OptionalLong moved(long bound, Value x, Value y, Value total) {
    try {
      long shift = Math.subtractExact(Math.addExact(x.shift(), y.shift()), total.shift());
      return OptionalLong.of(Math.addExact(bound, shift));
    } catch (ArithmeticException overflow) {
      return OptionalLong.empty();
    }
  }

  /** What is done with each choice of three symbols that read those of a fact; {@code shift} is what x + y − total differs by. */
  private interface Triple {
    void found(int x, int y, int total, long shift);
  }

  private static void forEachTriple(
      int x, int y, int total, Side from, Map<Integer, List<Integer>> readers, Triple triple) {
    List<Integer> totals = total == 0 ? List.of(0) : readers.getOrDefault(total, List.of());
    for (int a : readers.getOrDefault(x, List.of())) {
      for (int b : readers.getOrDefault(y, List.of())) {
        for (int t : totals) {
          triple.found(
              a,
              b,
              t,
              from.word(a).shift() + from.word(b).shift() - from.word(t).shift());
        }
      }
    }
  }
}
