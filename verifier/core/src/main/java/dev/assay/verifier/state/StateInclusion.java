package dev.assay.verifier.state;

import dev.assay.numeric.Operation;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether one state describes every concrete state that another describes.
 *
 * <p>Sound: inclusion is answered with yes only if a reading of the larger state's symbols in the smaller state is found (each as a value of
 * the smaller state minus a constant) under which each location of the larger state holds the same word as in the smaller one, each scalar
 * includes what the smaller state knows of that word, and each relation holds there. For any concrete state and choice of words
 * of the smaller state, that reading gives the choice of words that the larger state needs.
 */
public final class StateInclusion {
  private final State large;
  private final State small;

  /** The word of symbol t is {@code readings[t] − shiftsBack[t]}, once {@link #readFull} or {@link #chooseLow} fixed it. */
  private final @Nullable Value[] readings;

  private final long[] shiftsBack;
  private final Map<Value, Integer> ownSymbols = new HashMap<>();

  private StateInclusion(State large, State small) {
    this.large = large;
    this.small = small;
    this.readings = new Value[large.numbers().count()];
    this.shiftsBack = new long[readings.length];
  }

  /** Whether {@code large} includes {@code small}. */
  public static boolean includes(State large, State small) {
    if (large == small) {
      return true;
    }
    return StateJoin.compatible(large, small) && new StateInclusion(large, small).run();
  }

  private boolean run() {
    // Values in full form fix what symbols read; the others are then compared with what follows
    // from that.
    return visit(true) && visit(false) && scalarsInclude() && relationsInclude() && factsHold();
  }

  private boolean visit(boolean full) {
    for (int r = 0; r < 10; r++) {
      if (!value(large.register(r), small.register(r), full)) {
        return false;
      }
    }
    if (!value(large.packetSize(), small.packetSize(), full)
        || !value(large.packetMeta(), small.packetMeta(), full)
        || !value(large.lock(), small.lock(), full)) {
      return false;
    }
    for (int f = 0; f < large.depth(); f++) {
      Frame a = large.frame(f);
      Frame b = small.frame(f);
      if (!values(a.saved(), b.saved(), full)
          || !values(a.rising(), b.rising(), full)
          || !values(a.falling(), b.falling(), full)
          || !stacks(a.stack(), b.stack(), full)) {
        return false;
      }
    }
    return true;
  }

  private boolean values(Value[] a, Value[] b, boolean full) {
    for (int i = 0; i < a.length; i++) {
      if (!value(a[i], b[i], full)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Each cell of the larger frame must be one of the smaller, or unknown there and bytes of numbers here; bytes that are merely initialised
   * there must be numbers here.
   */
  private boolean stacks(StackFrame a, StackFrame b, boolean full) {
    if (full && !a.initialisedWithin(b)) {
      return false;
    }
    for (int i = 0; i < a.cells(); i++) {
      int j = b.find(a.start(i), a.length(i));
      if (j >= 0) {
        if (!value(a.value(i), b.value(j), full)) {
          return false;
        }
      } else if (full
          && !(a.value(i).kind() == Kind.Basic.UNUSABLE
              || (isAnyNumber(a, i) && areNumbers(b, a.start(i), a.length(i))))) {
        return false;
      }
    }
    return !full || looseBytesAreNumbers(a, b);
  }

  private boolean isAnyNumber(StackFrame a, int cell) {
    Value value = a.value(cell);
    return value.isNumber()
        && value.form() == Form.FULL
        && !value.isLiteral()
        && value.shift() == 0
        && readings[value.symbol()] == null
        && occurrences(value.symbol()) == 1
        && !large.numbers().relations().mentions(value.symbol())
        && large.scalar(value).includes(Scalar.top().zeroExtend(8 * a.length(cell)));
  }

  private int occurrences(int symbol) {
    int[] count = {0};
    large.replaceAll(value -> {
      if (value.symbol() == symbol && !value.isUninitialised()) {
        count[0]++;
      }
      return value;
    });
    for (int f = 0; f < large.depth(); f++) {
      for (Value value : large.frame(f).rising()) {
        count[0] += value.symbol() == symbol ? 1 : 0;
      }
      for (Value value : large.frame(f).falling()) {
        count[0] += value.symbol() == symbol ? 1 : 0;
      }
    }
    return count[0]
        + (large.packetSize().symbol() == symbol ? 1 : 0)
        + (large.packetMeta().symbol() == symbol ? 1 : 0);
  }

  private static boolean areNumbers(StackFrame frame, int start, int length) {
    for (int i = frame.firstCellAt(start);
        i < frame.cells() && frame.start(i) < start + length;
        i++) {
      if (!frame.value(i).isNumber()) {
        return false;
      }
    }
    return frame.firstUninitialised(start, start + length) < 0;
  }

  private static boolean looseBytesAreNumbers(StackFrame a, StackFrame b) {
    for (int j = 0; j < b.cells(); j++) {
      if (!b.value(j).isNumber() && a.find(b.start(j), b.length(j)) < 0) {
        for (int index = b.start(j); index < b.start(j) + b.length(j); index++) {
          int covering = a.firstCellAt(index);
          boolean covered = covering < a.cells() && a.start(covering) <= index;
          boolean unusable = covered && a.value(covering).kind() == Kind.Basic.UNUSABLE;
          if (a.isInitialised(index) && !unusable) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private boolean value(Value a, Value b, boolean full) {
    Kind kind = a.kind();
    if (kind == Kind.Basic.UNINITIALISED || (a == b && a.isLiteral())) {
      return true;
    }
    if (kind == Kind.Basic.UNUSABLE) {
      return !b.isUninitialised();
    }
    if (!kind.equals(b.kind())
        && !(kind.nullable()
            && kind.reference() == 0
            && (KindMerge.isNull(b) || kind.nonNull().equals(b.kind())))) {
      return false;
    }
    if (a.isLiteral()) {
      return b.isLiteral() ? a.shift() == b.shift() : isConstant(b, a.shift());
    }
    if (a.form() == Form.FULL) {
      return !full || readFull(a, plain(b));
    }
    return full || readLow(a, plain(b));
  }

  /** The same value of the smaller state, written without an extension that by now changes nothing. */
  private Value plain(Value b) {
    return switch (b.form()) {
      case FULL, SHIFTED -> b;
      case ZERO_EXTENDED, SIGN_EXTENDED ->
        small.numbers().lowHalf(b.kind(), b.form(), b.symbol(), b.shift());
    };
  }

  private boolean isConstant(Value b, long constant) {
    Scalar known = small.scalar(b);
    return known.isConstant() && known.constantValue() == constant;
  }

  /** Symbol + c = b: fixes the symbol's reading, or agrees with it. */
  private boolean readFull(Value a, Value b) {
    Value known = readings[a.symbol()];
    if (known == null) {
      readings[a.symbol()] = b;
      shiftsBack[a.symbol()] = a.shift();
      return true;
    }
    // Is b − a.shift the same word as known − shiftsBack?
    long difference = a.shift() - shiftsBack[a.symbol()];
    if (known.form() == Form.FULL && b.form() == Form.FULL && known.symbol() == b.symbol()) {
      return b.shift() - known.shift() == difference;
    }
    if (difference == 0
        && known.form() == b.form()
        && known.symbol() == b.symbol()
        && known.shift() == b.shift()) {
      return true;
    }
    Scalar x = small.scalar(known);
    Scalar y = small.scalar(b);
    return x.isConstant() && y.isConstant() && y.constantValue() - x.constantValue() == difference;
  }

  /** f(symbol + c) = b, where f takes the low 32 bits. */
  private boolean readLow(Value a, Value b) {
    Value known = readings[a.symbol()];
    if (known == null) {
      return chooseLow(a, b);
    }
    if (known.form() == Form.FULL) {
      long shift = known.shift() - shiftsBack[a.symbol()] + a.shift();
      Value expected = a.form() == Form.SHIFTED
          ? small.numbers().extend(new Value(b.kind(), Form.FULL, known.symbol(), shift), a.form())
          : small.numbers().lowHalf(b.kind(), a.form(), known.symbol(), shift);
      if (expected.form() == b.form()
          && expected.symbol() == b.symbol()
          && expected.shift() == b.shift()) {
        return true;
      }
      Scalar x = small.scalar(expected);
      return x.isConstant() && isConstant(b, x.constantValue());
    }
    return false;
  }

  /** The symbol occurs in no full value: any word will do whose low half fits. */
  private boolean chooseLow(Value a, Value b) {
    if (b.form() == a.form()) {
      readings[a.symbol()] = new Value(Kind.Basic.NUMBER, Form.FULL, b.symbol(), b.shift());
      shiftsBack[a.symbol()] = a.shift();
      return true;
    }
    Scalar known = small.scalar(b);
    boolean fits =
        switch (a.form()) {
          case FULL -> false;
          case ZERO_EXTENDED -> known.unsignedMax() >= 0 && known.unsignedMax() <= 0xffffffffL;
          case SIGN_EXTENDED ->
            known.signedMin() >= Integer.MIN_VALUE && known.signedMax() <= Integer.MAX_VALUE;
          case SHIFTED -> false;
        };
    if (fits) {
      readings[a.symbol()] = b.asNumber();
      shiftsBack[a.symbol()] = a.shift();
    }
    return fits;
  }

  private boolean scalarsInclude() {
    for (int t = 1; t < readings.length; t++) {
      Value reading = readings[t];
      if (reading != null && !large.numbers().ofSymbol(t).includes(word(t, reading))) {
        return false;
      }
    }
    return true;
  }

  private Scalar word(int t, Value reading) {
    if (reading.form() == Form.FULL) {
      return small
          .numbers()
          .of(new Value(
              Kind.Basic.NUMBER, Form.FULL, reading.symbol(), reading.shift() - shiftsBack[t]));
    }
    return small.scalar(reading).apply(Operation.SUB, false, Scalar.constant(shiftsBack[t]));
  }

  private boolean relationsInclude() {
    Relations wanted = large.numbers().relations();
    if (wanted.isEmpty()) {
      return true;
    }
    Correspondence mine = new Correspondence();
    Correspondence theirs = new Correspondence();
    for (int t = 1; t < readings.length; t++) {
      Scalar own = large.numbers().ofSymbol(t);
      mine.add(t, 0, own.signedMin(), own.signedMax());
      Value reading = readings[t];
      if (reading == null) {
        theirs.add(Correspondence.NO_SYMBOL, 0, Long.MIN_VALUE, Long.MAX_VALUE);
      } else {
        Scalar word = word(t, reading);
        boolean full = reading.form() == Form.FULL
            && small.numbers().noWrap(reading.symbol(), reading.shift() - shiftsBack[t]);
        theirs.add(
            full ? reading.symbol() : ownSymbol(reading, shiftsBack[t]),
            full ? reading.shift() - shiftsBack[t] : 0,
            word.signedMin(),
            word.signedMax());
      }
    }
    return wanted.includes(mine, small.numbers().relations(), theirs);
  }

  /** Each fact of the larger state, about symbols that all are read, must be true of the words that they read. */
  private boolean factsHold() {
    if (large.numbers().facts().isEmpty()) {
      return true;
    }
    FactCheck check = new FactCheck(small.numbers(), this::reading);
    for (Fact fact : large.numbers().facts().all()) {
      if (!areRead(fact) || !check.holds(fact)) {
        return false;
      }
    }
    return true;
  }

  private boolean areRead(Fact fact) {
    for (int t = 1; t < readings.length; t++) {
      Value reading = readings[t];
      if (fact.mentions(t)
          && (reading == null || (reading.form() != Form.FULL && shiftsBack[t] != 0))) {
        return false;
      }
    }
    return true;
  }

  private Value reading(int t) {
    Value reading =
        Objects.requireNonNull(readings[t], "only facts about read symbols are checked");
    return new Value(
        Kind.Basic.NUMBER, reading.form(), reading.symbol(), reading.shift() - shiftsBack[t]);
  }

  /**
   * A word that is no symbol plus a constant counts as a symbol of its own, of which no relation is known but that it is equal to itself: a join gives
   * two locations that hold it one symbol, and so knows that.
   */
  private int ownSymbol(Value reading, long back) {
    if (reading.form() != Form.FULL && back != 0) {
      return Correspondence.NO_SYMBOL;
    }
    Value word =
        new Value(Kind.Basic.NUMBER, reading.form(), reading.symbol(), reading.shift() - back);
    return ownSymbols.computeIfAbsent(word, key -> small.numbers().count() + ownSymbols.size());
  }
}
