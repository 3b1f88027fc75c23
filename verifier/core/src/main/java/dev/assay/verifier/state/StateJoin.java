package dev.assay.verifier.state;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.numeric.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The least upper bound of two states, or their widening.
 *
 * <p>Locations are visited in a fixed order. A pair of values (s + c on the left, t + d on the right) belongs to the class (s, t, c − d):
 * two locations of the same class differ by the same constant on both sides, so one symbol of the result serves both. This is the
 * join of the domain of modular equalities; it also finds that counters rise in step (0 and 0 on entry, 1 and 1 on the back edge are
 * of the same class). Differences between classes are joined by the relational domain.
 *
 * <p>Sound: choose for each result symbol, for a concrete state of the left operand, the word s + c of its first location; then every
 * location of the class reads as it did, its scalar contains the word (join of both scalars), and each relation kept holds on both sides. The same
 * for the right operand.
 *
 * <p>The result is in canonical form: symbols are numbered in the order of the locations, and each is used.
 */
public final class StateJoin {
  private static final int MOST_RELATED = 24;

  private final State left;
  private final State right;
  private final Optional<Thresholds> widening;
  private final boolean sameNumbers;
  private final Map<PairClass, Integer> classes = new HashMap<>();
  private final Correspondence leftReading = new Correspondence();
  private final Correspondence rightReading = new Correspondence();
  private final List<Value> leftWords = new ArrayList<>();
  private final List<Value> rightWords = new ArrayList<>();
  private final List<Scalar> leftScalars = new ArrayList<>();
  private final List<Scalar> rightScalars = new ArrayList<>();
  private final List<long[]> shiftsOfClass = new ArrayList<>();
  private final BitSet related = new BitSet();

  /** What the symbols stand for that were made for two values of different forms. */
  private final Map<Integer, Pair> unlike = new HashMap<>();

  private record PairClass(
      int leftSymbol, int rightSymbol, long difference, Form leftForm, Form rightForm) {}

  private record Pair(Value left, Value right) {}

  private StateJoin(State left, State right, Optional<Thresholds> widening) {
    this.left = left;
    this.right = right;
    this.widening = widening;
    this.sameNumbers = left == right;
  }

  /** Whether two states have the same activations, loops, references, lock and critical sections, so that they can be joined. */
  public static boolean compatible(State a, State b) {
    if (a.depth() != b.depth()
        || !Arrays.equals(a.references(), b.references())
        || !a.lock().kind().equals(b.lock().kind())
        || !a.sections().equals(b.sections())) {
      return false;
    }
    for (int f = 0; f < a.depth(); f++) {
      if (!a.frame(f).sameShape(b.frame(f))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The join.
   *
   * @param relate whether differences between counters, registers and the packet's size are to be looked for (at loop heads), and not just those
   *     between packet pointers in registers and the packet's size
   */
  public static State join(State left, State right, boolean relate) {
    return new StateJoin(left, right, Optional.empty()).run(relate);
  }

  /** The widening {@code left ∇ right}; {@code right} should include {@code left}'s successors, and {@code left} is what was stored before. */
  public static State widen(State left, State right, Thresholds thresholds) {
    return new StateJoin(left, right, Optional.of(thresholds)).run(false);
  }

  /** The same state in canonical form. */
  public static State canonical(State state) {
    return new StateJoin(state, state, Optional.empty()).run(false);
  }

  private State run(boolean relate) {
    Numbers numbers = new Numbers(left.numbers().relations().none());
    State result = left.copy().over(numbers);
    makeFullClasses();
    for (int r = 0; r < 10; r++) {
      Value joined = join(left.register(r), right.register(r));
      result.setRegister(r, joined);
      if ((relate || joined.kind() == Kind.Basic.PACKET) && joined.form() == Form.FULL) {
        relate(joined);
      }
    }
    result.setPacket(
        join(left.packetSize(), right.packetSize()), join(left.packetMeta(), right.packetMeta()));
    // Two packet pointers that were compared with data_end on their own paths keep their distances
    // from it.
    relate(result.packetSize());
    result.setLock(join(left.lock(), right.lock()));
    for (int f = left.depth() - 1; f >= 0; f--) {
      Frame a = left.frame(f);
      Frame b = right.frame(f);
      Value[] saved = joinAll(a.saved(), b.saved());
      Value[] rising = joinAll(a.rising(), b.rising());
      Value[] falling = joinAll(a.falling(), b.falling());
      if (relate && f == left.depth() - 1) {
        for (int i = 0; i < rising.length; i++) {
          relate(rising[i]);
          relate(falling[i]);
        }
      }
      result.setFrame(f, new Frame(joinStacks(f, relate), saved, a.loops(), rising, falling));
    }
    for (int t = 0; t < leftScalars.size(); t++) {
      numbers.fresh(combine(t));
    }
    numbers.setRelations(combineRelations());
    FactJoin.Side leftFacts = new FactJoin.Side(left.numbers(), leftWords);
    FactJoin.Side rightFacts = new FactJoin.Side(right.numbers(), rightWords);
    numbers.setFacts(
        widening.isEmpty()
            ? FactJoin.join(leftFacts, rightFacts)
            : FactJoin.widen(leftFacts, rightFacts));
    return result;
  }

  /**
   * If there are extensions of low halves, the classes of all full values are made first, so that an extension finds its class wherever the full
   * value stands.
   */
  private void makeFullClasses() {
    boolean[] extensions = {false};
    forEachPair((a, b) -> extensions[0] |= a.form() != Form.FULL && a.form() == b.form());
    if (extensions[0]) {
      forEachPair((a, b) -> {
        if (a.form() == Form.FULL && b.form() == Form.FULL) {
          join(a, b);
        }
      });
    }
  }

  private void forEachPair(BiConsumer<Value, Value> visitor) {
    for (int r = 0; r < 10; r++) {
      visitor.accept(left.register(r), right.register(r));
    }
    visitor.accept(left.packetSize(), right.packetSize());
    visitor.accept(left.packetMeta(), right.packetMeta());
    for (int f = left.depth() - 1; f >= 0; f--) {
      Frame a = left.frame(f);
      Frame b = right.frame(f);
      for (int i = 0; i < a.saved().length; i++) {
        visitor.accept(a.saved()[i], b.saved()[i]);
      }
      for (int i = 0; i < a.rising().length; i++) {
        visitor.accept(a.rising()[i], b.rising()[i]);
        visitor.accept(a.falling()[i], b.falling()[i]);
      }
      for (int i = 0; i < a.stack().cells(); i++) {
        int j = b.stack().find(a.stack().start(i), a.stack().length(i));
        if (j >= 0) {
          visitor.accept(a.stack().value(i), b.stack().value(j));
        }
      }
    }
  }

  private void relate(Value value) {
    if (!value.isLiteral() && related.cardinality() < MOST_RELATED) {
      related.set(value.symbol());
    }
  }

  private Scalar combine(int t) {
    Scalar a = leftScalars.get(t);
    Scalar b = rightScalars.get(t);
    if (sameNumbers || a.equals(b)) {
      return a;
    }
    if (widening.isEmpty()) {
      return a.join(b);
    }
    return a.widen(b, shifted(widening.get(), shiftsOfClass.get(t)));
  }

  /**
   * Thresholds are constants that locations are compared with; for the symbol of a location at symbol + c they stand at
   * constant − c.
   */
  private static Thresholds shifted(Thresholds thresholds, long[] shifts) {
    if (shifts.length == 1 && shifts[0] == 0) {
      return thresholds;
    }
    return thresholds.shifted(shifts);
  }

  private Relations combineRelations() {
    Relations a = left.numbers().relations();
    Relations b = right.numbers().relations();
    if (widening.isPresent()) {
      return a.isEmpty() ? a.none() : a.widen(leftReading, b, rightReading);
    }
    if (a.isEmpty() && b.isEmpty() && related.cardinality() < 2) {
      return a.none();
    }
    return a.join(leftReading, b, rightReading, related);
  }

  private Value[] joinAll(Value[] a, Value[] b) {
    Value[] result = new Value[a.length];
    for (int i = 0; i < a.length; i++) {
      result[i] = join(a[i], b[i]);
    }
    return result;
  }

  private Value join(Value a, Value b) {
    Kind kind = KindMerge.merge(a, b);
    if (kind == Kind.Basic.UNINITIALISED) {
      return Value.UNINITIALISED;
    }
    if (kind == Kind.Basic.UNUSABLE) {
      return Value.UNUSABLE;
    }
    if (a.isLiteral() && b.isLiteral() && a.shift() == b.shift()) {
      return a.withKind(kind);
    }
    if (a.form() == b.form()) {
      return a.form() == Form.FULL ? joinFull(kind, a, b) : joinLow(kind, a, b);
    }
    return joinUnlike(kind, a, b);
  }

  private Value joinFull(Kind kind, Value a, Value b) {
    PairClass key =
        new PairClass(a.symbol(), b.symbol(), a.shift() - b.shift(), Form.FULL, Form.FULL);
    Integer known = classes.get(key);
    int t = known != null ? known : newClass(key, a, b, a.shift(), b.shift());
    long shift = a.shift() - leftReading.shift(t);
    addShift(t, shift);
    return new Value(kind, Form.FULL, t, shift);
  }

  /**
   * Both values are the same function of the low halves of s + c and t + d. If a value in full form made a class (s, t, c − d mod 2³²), that
   * function of its symbol is the joined value on both sides. Else nothing holds the words themselves, and the value is what a symbol stands for.
   */
  private Value joinLow(Kind kind, Value a, Value b) {
    Integer known = classes.get(
        new PairClass(a.symbol(), b.symbol(), (int) (a.shift() - b.shift()), Form.FULL, Form.FULL));
    return known == null
        ? joinUnlike(kind, a, b)
        : new Value(kind, a.form(), known, a.shift() - leftReading.shift(known));
  }

  private int newClass(PairClass key, Value a, Value b, long leftShift, long rightShift) {
    Value leftWord = new Value(Kind.Basic.NUMBER, Form.FULL, a.symbol(), leftShift);
    Value rightWord = new Value(Kind.Basic.NUMBER, Form.FULL, b.symbol(), rightShift);
    leftWords.add(leftWord);
    rightWords.add(rightWord);
    return newClass(
        key,
        a.symbol(),
        leftShift,
        left.numbers().of(leftWord),
        b.symbol(),
        rightShift,
        right.numbers().of(rightWord));
  }

  /** The values are different functions of symbols: only equal pairs share a symbol, which stands for the value itself. */
  private Value joinUnlike(Kind kind, Value a, Value b) {
    // A form and a 32-bit shift identify the value on the side that is not FULL; the side that is
    // FULL has its own shift.
    PairClass key =
        new PairClass(a.symbol(), b.symbol(), 31 * a.shift() + b.shift(), a.form(), b.form());
    Integer known = classes.get(key);
    if (known != null) {
      Pair pair = unlike.get(known);
      if (pair != null && pair.left.equals(a.asNumber()) && pair.right.equals(b.asNumber())) {
        return new Value(kind, Form.FULL, known, 0);
      }
    }
    Scalar l = left.numbers().of(a);
    Scalar r = right.numbers().of(b);
    leftWords.add(a.asNumber());
    rightWords.add(b.asNumber());
    int t = newClass(
        key,
        a.form() == Form.FULL ? a.symbol() : Correspondence.NO_SYMBOL,
        a.form() == Form.FULL ? a.shift() : 0,
        l,
        b.form() == Form.FULL ? b.symbol() : Correspondence.NO_SYMBOL,
        b.form() == Form.FULL ? b.shift() : 0,
        r);
    unlike.put(t, new Pair(a.asNumber(), b.asNumber()));
    addShift(t, 0);
    return new Value(kind, Form.FULL, t, 0);
  }

  private int newClass(
      PairClass key,
      int leftSymbol,
      long leftShift,
      Scalar l,
      int rightSymbol,
      long rightShift,
      Scalar r) {
    leftReading.add(readable(left, leftSymbol, leftShift), leftShift, l.signedMin(), l.signedMax());
    rightReading.add(
        readable(right, rightSymbol, rightShift), rightShift, r.signedMin(), r.signedMax());
    leftScalars.add(l);
    rightScalars.add(r);
    shiftsOfClass.add(new long[] {0});
    int t = leftScalars.size();
    classes.put(key, t);
    return t;
  }

  /** Relations are about integers: a symbol whose shift may wrap around says nothing there. */
  private static int readable(State state, int symbol, long shift) {
    return symbol != Correspondence.NO_SYMBOL && state.numbers().noWrap(symbol, shift)
        ? symbol
        : Correspondence.NO_SYMBOL;
  }

  private void addShift(int t, long shift) {
    long[] shifts = shiftsOfClass.get(t - 1);
    if (widening.isPresent()
        && shifts.length < 8
        && Arrays.stream(shifts).noneMatch(s -> s == shift)) {
      long[] longer = Arrays.copyOf(shifts, shifts.length + 1);
      longer[shifts.length] = shift;
      shiftsOfClass.set(t - 1, longer);
    }
  }

  /**
   * Cells that both frames have are joined; other cells are kept as far as both frames agree that the bytes are numbers (then unknown ones)
   * or that they are written (then unusable).
   */
  private StackFrame joinStacks(int f, boolean relate) {
    StackFrame a = left.frame(f).stack();
    StackFrame b = right.frame(f).stack();
    long[] initialised = a.commonInitialised(b);
    List<StackFrame.Cell> cells = new ArrayList<>(Math.min(a.cells(), b.cells()));
    boolean[] matched = new boolean[b.cells()];
    List<StackFrame.Cell> rest = new ArrayList<>();
    for (int i = 0; i < a.cells(); i++) {
      int j = b.find(a.start(i), a.length(i));
      if (j < 0) {
        rest.add(new StackFrame.Cell(a.start(i), a.length(i), a.value(i)));
        continue;
      }
      matched[j] = true;
      Value joined = join(a.value(i), b.value(j));
      if (joined.isUninitialised()) {
        clear(initialised, a.start(i), a.length(i));
      } else {
        cells.add(new StackFrame.Cell(a.start(i), a.length(i), joined));
        if (relate && joined.isNumber() && joined.form() == Form.FULL) {
          relate(joined);
        }
      }
    }
    for (int j = 0; j < matched.length; j++) {
      if (!matched[j]) {
        rest.add(new StackFrame.Cell(b.start(j), b.length(j), b.value(j)));
      }
    }
    return a.with(withUnmatched(cells, rest, initialised), initialised)
        .touched(b.size() - b.used());
  }

  private static List<StackFrame.Cell> withUnmatched(
      List<StackFrame.Cell> cells, List<StackFrame.Cell> rest, long[] initialised) {
    if (rest.stream().allMatch(cell -> cell.value().isNumber())) {
      return cells;
    }
    List<StackFrame.Cell> result = new ArrayList<>(cells);
    for (StackFrame.Cell cell : rest) {
      if (!cell.value().isNumber()) {
        // The other side has something else in (some of) these bytes. Nothing may be assumed of
        // them.
        clear(initialised, cell.start(), cell.length());
        result.removeIf(c -> c.start() < cell.start() + cell.length()
            && c.start() + c.length() > cell.start()
            && clearAll(c, initialised));
      }
    }
    return result;
  }

  private static boolean clearAll(StackFrame.Cell cell, long[] initialised) {
    clear(initialised, cell.start(), cell.length());
    return true;
  }

  private static void clear(long[] initialised, int start, int length) {
    for (int index = start; index < start + length; index++) {
      initialised[index >> 6] &= ~(1L << (index & 63));
    }
  }
}
