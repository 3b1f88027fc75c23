package dev.assay.verifier.state;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Operation;
import dev.assay.numeric.Refined;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the symbols of one state: a {@link Scalar} each, and {@link Relations} between them. Mutable; {@link #copy} is
 * cheap.
 *
 * <p>A symbol stands for one fixed word, so facts about it never become false: there is no "forget" on assignment, the
 * assigned location merely takes another symbol. Relations are between the signed 64-bit readings of symbols as integers; a value
 * s + c takes part in them only where adding c provably does not overflow. What neither can say is a {@link Fact}.
 */
public final class Numbers {
  private static final Scalar ZERO = Scalar.constant(0);
  private static final long LOW_MASK = 0xffffffffL;

  /** How many facts are followed from one narrowed symbol to the next. */
  private static final int FACTS_IN_A_ROW = 3;

  private Scalar[] scalars;
  private int count;
  private boolean shared;
  private Relations relations;
  private Facts facts;

  /** No symbols but 0, and no relations; {@code relations} is the empty element of the relational domain to use. */
  public Numbers(Relations relations) {
    this.scalars = new Scalar[16];
    this.scalars[0] = ZERO;
    this.count = 1;
    this.relations = relations;
    this.facts = Facts.NONE;
  }

  private Numbers(Numbers other) {
    this.scalars = other.scalars;
    this.count = other.count;
    this.relations = other.relations;
    this.facts = other.facts;
    this.shared = true;
    other.shared = true;
  }

  /** The number of symbols, symbol 0 included. */
  public int count() {
    return count;
  }

  /** An independent copy. */
  public Numbers copy() {
    return new Numbers(this);
  }

  /** The differences known of symbols. */
  public Relations relations() {
    return relations;
  }

  /** Replaces the relations, by ones that hold. */
  void setRelations(Relations relations) {
    this.relations = relations;
  }

  /** What else is known of symbols. */
  public Facts facts() {
    return facts;
  }

  /** Learns a fact that holds. */
  public void learn(Fact fact) {
    facts = facts.with(fact);
    if (fact instanceof Fact.Sum sum && isOfIntegers(sum)) {
      // A contradiction is left in the relations: who learns a definition does not ask whether it
      // is possible.
      tell(sum);
    }
  }

  /**
   * Tells the relations a sum of integers, and the ranges by which they can make something of it; takes up what they then conclude. Domains that read a sum by
   * the ranges of its symbols hear it once more when they know these.
   *
   * @return false if they conclude that it cannot be
   */
  private boolean tell(Fact.Sum sum) {
    Relations summed = told(relations, sum);
    if (summed == relations) {
      return true;
    }
    relations = told(withRange(withRange(withRange(summed, sum.x()), sum.y()), sum.total()), sum);
    return !relations.isBottom() && narrowRelated(sum.x());
  }

  private static Relations told(Relations relations, Fact.Sum sum) {
    return relations.assumeSum(sum.x(), sum.y(), sum.total(), sum.constant());
  }

  private Relations withRange(Relations known, int symbol) {
    Scalar scalar = scalars[symbol];
    return symbol == 0 || scalar.isBottom()
        ? known
        : known.assumeRange(symbol, scalar.signedMin(), scalar.signedMax());
  }

  /** Replaces the facts, by ones that hold. */
  void setFacts(Facts facts) {
    this.facts = facts;
  }

  /** A new symbol with the meaning {@code scalar}. */
  public int fresh(Scalar scalar) {
    if (count == scalars.length) {
      scalars = Arrays.copyOf(scalars, 2 * count);
      shared = false;
    }
    own();
    scalars[count] = scalar;
    return count++;
  }

  private void own() {
    if (shared) {
      scalars = scalars.clone();
      shared = false;
    }
  }

  /** What is known of a symbol. */
  public Scalar ofSymbol(int symbol) {
    return scalars[symbol];
  }

  /** What is known of the number of a value (for a pointer: of its offset). */
  public Scalar of(Value value) {
    return of(value.form(), value.symbol(), value.shift());
  }

  private Scalar of(Form form, int symbol, long shift) {
    if (symbol == 0) {
      return Scalar.constant(shift);
    }
    Scalar sum = shift == 0
        ? scalars[symbol]
        : scalars[symbol].apply(Operation.ADD, false, Scalar.constant(shift));
    return switch (form) {
      case FULL -> sum;
      case ZERO_EXTENDED -> sum.zeroExtend(32);
      case SIGN_EXTENDED -> sum.signExtend(32);
      case SHIFTED -> sum.apply(Operation.SHIFT_LEFT, false, Scalar.constant(32));
    };
  }

  /**
   * A value of {@code kind} with the number {@code scalar}: a literal if it is one constant, else on a new symbol.
   */
  public Value freshValue(Kind kind, Scalar scalar) {
    return scalar.isConstant()
        ? new Value(kind, Form.FULL, 0, scalar.constantValue())
        : new Value(kind, Form.FULL, fresh(scalar), 0);
  }

  /** A number with the meaning {@code scalar}. */
  public Value freshNumber(Scalar scalar) {
    return scalar.isConstant()
        ? Value.constant(scalar.constantValue())
        : Value.ofSymbol(fresh(scalar));
  }

  /**
   * The value whose number is that of {@code value} put into {@code form}; it keeps its symbol.
   *
   * <p>The low half of a value of form ZERO_EXTENDED or SIGN_EXTENDED is that of symbol + shift; that of one of form SHIFTED is 0. Where
   * extending changes nothing, the result is the value itself, so that full equalities are kept as long as possible.
   */
  public Value extend(Value value, Form form) {
    Value extended = inForm(value, form);
    if (extended.form() == Form.ZERO_EXTENDED && extended.shift() == 0) {
      int half = knownLowHalf(extended.symbol());
      if (half != 0) {
        return new Value(extended.kind(), Form.FULL, half, 0);
      }
    }
    return extended;
  }

  /** As {@link #extend}, on the symbol of the value itself. */
  private Value inForm(Value value, Form form) {
    if (value.isLiteral()) {
      long shift = value.shift();
      return new Value(
          value.kind(),
          Form.FULL,
          0,
          switch (form) {
            case FULL -> shift;
            case ZERO_EXTENDED -> shift & 0xffffffffL;
            case SIGN_EXTENDED -> (int) shift;
            case SHIFTED -> shift << 32;
          });
    }
    if (value.form() == Form.SHIFTED && form != Form.FULL) {
      return new Value(value.kind(), Form.FULL, 0, 0);
    }
    Scalar known = of(value);
    boolean same =
        switch (form) {
          case FULL -> true;
          case ZERO_EXTENDED -> known.unsignedMax() >= 0 && known.unsignedMax() <= 0xffffffffL;
          case SIGN_EXTENDED ->
            known.signedMin() >= Integer.MIN_VALUE && known.signedMax() <= Integer.MAX_VALUE;
          case SHIFTED -> false;
        };
    return same ? value : new Value(value.kind(), form, value.symbol(), value.shift());
  }

  /** The symbol that stands for the low half of {@code symbol}, zero-extended, or 0 if there is none yet. */
  private int knownLowHalf(int symbol) {
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.Image(int result, var function, long parameter, int argument)
          && function == Fact.Function.AND
          && parameter == LOW_MASK
          && argument == symbol) {
        return result;
      }
    }
    return 0;
  }

  /**
   * The zero extension of the low half of a number as a symbol of its own, so that it can be part of relations and facts; what links it to the whole word is a fact,
   * too. The value itself where it is its own low half, or where its low half is not that of a symbol alone.
   */
  public Value lowHalfAsSymbol(Value value) {
    Value half = extend(value, Form.ZERO_EXTENDED);
    if (half.form() != Form.ZERO_EXTENDED || half.shift() != 0) {
      return half;
    }
    int symbol = fresh(of(half));
    learn(new Fact.Image(symbol, Fact.Function.AND, LOW_MASK, half.symbol()));
    return new Value(half.kind(), Form.FULL, symbol, 0);
  }

  /**
   * The zero or sign extension of the low 32 bits of symbol + shift, where only the low 32 bits of {@code shift} count. Written as symbol +
   * shift (for either reading of the shift) where that needs no extension.
   */
  public Value lowHalf(Kind kind, Form form, int symbol, long shift) {
    Value signed = inForm(new Value(kind, Form.FULL, symbol, (int) shift), form);
    return signed.form() == Form.FULL
        ? signed
        : inForm(new Value(kind, Form.FULL, symbol, shift & 0xffffffffL), form);
  }

  /**
   * Learns that the number of {@code value} is in {@code fact}.
   *
   * <p>Sound for each form: FULL says s ∈ fact − c; the others fix the low half of s + c, hence of s, to that of the fact (for SHIFTED: to
   * the fact's high half).
   *
   * @return false if that is impossible
   */
  public boolean refine(Value value, Scalar fact) {
    if (fact.isBottom()) {
      return false;
    }
    if (value.isLiteral()) {
      return fact.contains(value.shift());
    }
    int symbol = value.symbol();
    Scalar old = scalars[symbol];
    Scalar shift = Scalar.constant(value.shift());
    Scalar refined =
        switch (value.form()) {
          case FULL -> old.meet(fact.apply(Operation.SUB, false, shift));
          case ZERO_EXTENDED, SIGN_EXTENDED -> withLow(old, fact.apply(Operation.SUB, true, shift));
          case SHIFTED ->
            withLow(
                old,
                fact.apply(Operation.SHIFT_RIGHT, false, Scalar.constant(32))
                    .apply(Operation.SUB, true, shift));
        };
    return set(symbol, old, refined);
  }

  private static Scalar withLow(Scalar scalar, Scalar low) {
    return Scalar.assume(Condition.EQ, true, scalar, low).left();
  }

  private boolean set(int symbol, Scalar old, Scalar refined) {
    return set(symbol, old, refined, FACTS_IN_A_ROW);
  }

  private boolean set(int symbol, Scalar old, Scalar refined, int rounds) {
    if (refined.isBottom()) {
      return false;
    }
    if (refined.equals(old)) {
      return true;
    }
    own();
    scalars[symbol] = refined;
    boolean moved =
        refined.signedMin() != old.signedMin() || refined.signedMax() != old.signedMax();
    return (!moved || !relations.mentions(symbol) || propagate(symbol))
        && (facts.isEmpty() || follow(symbol, rounds));
  }

  /**
   * Narrows {@code symbol} and those that facts connect with it; those in turn narrow others, but only so many times in a row. Stopping early loses precision only.
   */
  private boolean follow(int symbol, int rounds) {
    for (Fact fact : facts.all()) {
      if (fact.mentions(symbol) && !follow(fact, rounds)) {
        return false;
      }
    }
    return true;
  }

  private boolean follow(Fact fact, int rounds) {
    return switch (fact) {
      case Fact.Sum sum ->
        narrowBy(fact, sum.x(), rounds)
            && narrowBy(fact, sum.y(), rounds)
            && narrowBy(fact, sum.total(), rounds);
      case Fact.AtMost most ->
        narrowBy(fact, most.x(), rounds)
            && narrowBy(fact, most.y(), rounds)
            && narrowBy(fact, most.total(), rounds);
      case Fact.Image image ->
        narrowBy(fact, image.result(), rounds) && narrowBy(fact, image.argument(), rounds);
      case Fact.Excluded excluded -> narrowBy(fact, excluded.symbol(), rounds);
    };
  }

  private boolean narrowBy(Fact fact, int symbol, int rounds) {
    Scalar old = scalars[symbol];
    Scalar told = Consequence.of(this, fact, symbol);
    if (rounds == 0 || told.includes(old)) {
      return true;
    }
    return symbol != 0 ? set(symbol, old, old.meet(told), rounds - 1) : told.contains(0);
  }

  /** Tells the relations the range of {@code symbol}, and takes up what they conclude of others. */
  private boolean propagate(int symbol) {
    relations = withRange(relations, symbol);
    return !relations.isBottom() && narrowRelated(symbol);
  }

  /**
   * Tightens the intervals of the symbols related to {@code symbol}. The relations are closed, so that one step reaches all: x − s ≤ k gives
   * x ≤ max(s) + k and s − x ≤ k gives x ≥ min(s) − k, as integers.
   */
  private boolean narrowRelated(int symbol) {
    boolean[] feasible = {true};
    relations.forEachOf(symbol, (x, y, bound) -> {
      if (!feasible[0]) {
        return;
      }
      if (y == symbol || y == 0) {
        long upper = saturatingAdd(scalars[y].signedMax(), bound);
        if (upper < scalars[x].signedMax()) {
          feasible[0] = narrow(x, Scalar.signed(Long.MIN_VALUE, upper));
        }
      }
      if (feasible[0] && (x == symbol || x == 0)) {
        long lower = saturatingSubtract(scalars[x].signedMin(), bound);
        if (lower > scalars[y].signedMin()) {
          feasible[0] = narrow(y, Scalar.signed(lower, Long.MAX_VALUE));
        }
      }
    });
    return feasible[0];
  }

  private boolean narrow(int symbol, Scalar fact) {
    if (symbol == 0) {
      return fact.contains(0);
    }
    Scalar refined = scalars[symbol].meet(fact);
    if (refined.isBottom()) {
      return false;
    }
    own();
    scalars[symbol] = refined;
    return true;
  }

  /**
   * Learns that the comparison {@code condition} holds between two numbers.
   *
   * @param low whether only their low 32 bits are compared
   * @return false if it cannot hold
   */
  public boolean assume(Condition condition, boolean low, Value left, Value right) {
    if (left.symbol() == right.symbol()
        && left.form() == right.form()
        && left.shift() == right.shift()) {
      return switch (condition) {
        case EQ, GE, LE, SGE, SLE -> true;
        case NE, GT, LT, SGT, SLT -> false;
        case SET -> assumeAgainst(Condition.NE, low, left, Scalar.constant(0));
        case NOT_SET -> assumeAgainst(Condition.EQ, low, left, Scalar.constant(0));
      };
    }
    Refined refined = Scalar.assume(condition, low, of(left), of(right));
    if (!refine(left, refined.left()) || !refine(right, refined.right())) {
      return false;
    }
    if (condition == Condition.NE) {
      exclude(low, left, right);
      exclude(low, right, left);
    }
    return relate(condition, low, left, right) && relateSummands(left) && relateSummands(right);
  }

  /**
   * Remembers that a value is not a constant within its range. A comparison of low halves tells that of a value that is its own low half.
   */
  private void exclude(boolean low, Value value, Value constant) {
    Scalar known = of(value);
    Scalar other = of(constant);
    boolean whole = !low || isLowHalf(known);
    if (value.form() != Form.FULL || value.isLiteral() || !other.isConstant() || !whole) {
      return;
    }
    long word = low ? other.constantValue() & 0xffffffffL : other.constantValue();
    if (known.contains(word)) {
      learn(new Fact.Excluded(value.symbol(), word - value.shift()));
    }
  }

  /**
   * What a test of a summand or a sum told of its range is a bound of the difference of the other two: they are related, so that it is still known when the
   * tested value is gone. With x + y = t + c as integers, t − x = y − c. Domains that can keep more of a sum are told it again, now that the ranges are smaller.
   */
  private boolean relateSummands(Value tested) {
    if (facts.isEmpty() || tested.isLiteral()) {
      return true;
    }
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.Sum sum && sum.mentions(tested.symbol()) && isOfIntegers(sum)) {
        boolean possible = tell(sum)
            && (sum.total() == 0
                || relateSummand(sum, sum.x(), scalars[sum.y()])
                    && relateSummand(sum, sum.y(), scalars[sum.x()]));
        if (!possible) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean relateSummand(Fact.Sum sum, int summand, Scalar other) {
    Value total = Value.ofSymbol(sum.total());
    Value part = Value.ofSymbol(summand);
    if (sum.total() == summand) {
      return true;
    }
    long most = differenceOrUnbounded(other.signedMax(), sum.constant());
    long least = differenceOrUnbounded(sum.constant(), other.signedMin());
    return (most == Relations.UNBOUNDED || addDifference(total, part, most))
        && (least == Relations.UNBOUNDED || addDifference(part, total, least));
  }

  /**
   * An upper bound of left + right, both read as signed integers; {@link Long#MAX_VALUE} if none is known.
   */
  public long maxSum(Value left, Value right) {
    return maxSumLess(left, right, Value.constant(0));
  }

  /**
   * The sum of two values, if it is known as the value of a symbol and a constant. Left and right must not wrap around when they are added as signed integers: then the
   * sum as a word, read as a signed integer, is the sum of the integers.
   */
  private @Nullable Value sum(Value left, Value right) {
    if (left.form() != Form.FULL || right.form() != Form.FULL) {
      return null;
    }
    if (left.isLiteral() || right.isLiteral()) {
      Value symbolic = left.isLiteral() ? right : left;
      return new Value(
          Kind.Basic.NUMBER, Form.FULL, symbolic.symbol(), left.shift() + right.shift());
    }
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.Sum sum
          && sum.x() == Math.min(left.symbol(), right.symbol())
          && sum.y() == Math.max(left.symbol(), right.symbol())) {
        return new Value(
            Kind.Basic.NUMBER,
            Form.FULL,
            sum.total(),
            sum.constant() + left.shift() + right.shift());
      }
    }
    return null;
  }

  /**
   * An upper bound of left + right − other, all read as signed integers; {@link Long#MAX_VALUE} if none is known.
   */
  public long maxSumLess(Value left, Value right, Value other) {
    if (!addsExactly(of(left), of(right))) {
      return Long.MAX_VALUE;
    }
    long most = Math.min(
        plus(maxDifference(left, other), of(right).signedMax()),
        plus(maxDifference(right, other), of(left).signedMax()));
    Value sum = sum(left, right);
    if (sum != null) {
      most = Math.min(most, maxDifference(sum, other));
    }
    return Math.min(most, Math.min(byAtMost(left, right, other), byRelations(left, right, other)));
  }

  /** What the relations say of x + y − t, moved by the shifts, none of which wraps. */
  private long byRelations(Value left, Value right, Value other) {
    if (left.isLiteral()
        || right.isLiteral()
        || !noWrap(left)
        || !noWrap(right)
        || !noWrap(other)) {
      return Relations.UNBOUNDED;
    }
    return shifted(
        relations.upperBoundOfSum(left.symbol(), right.symbol(), other.symbol()),
        left,
        right,
        other);
  }

  /** A bound of the sum of symbols as one of the sum of values. */
  private static long shifted(long bound, Value left, Value right, Value other) {
    if (bound == Relations.UNBOUNDED) {
      return bound;
    }
    try {
      return Math.addExact(
          bound, Math.subtractExact(Math.addExact(left.shift(), right.shift()), other.shift()));
    } catch (ArithmeticException overflow) {
      return Relations.UNBOUNDED;
    }
  }

  /** What is known of x + y − t, moved by the shifts, none of which wraps. */
  private long byAtMost(Value left, Value right, Value other) {
    long least = Relations.UNBOUNDED;
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.AtMost most
          && most.x() == Math.min(left.symbol(), right.symbol())
          && most.y() == Math.max(left.symbol(), right.symbol())
          && most.total() == other.symbol()
          && noWrap(left)
          && noWrap(right)
          && noWrap(other)) {
        least = Math.min(least, shifted(most.bound(), left, right, other));
      }
    }
    return least;
  }

  private static long plus(long difference, long most) {
    return difference == Relations.UNBOUNDED ? difference : saturatingAdd(difference, most);
  }

  private boolean assumeAgainst(Condition condition, boolean low, Value left, Scalar right) {
    return refine(left, Scalar.assume(condition, low, of(left), right).left());
  }

  /** Adds the differences that the comparison says, where both operands are read as signed 64-bit integers without wrapping. */
  private boolean relate(Condition condition, boolean low, Value left, Value right) {
    if (left.form() != Form.FULL
        || right.form() != Form.FULL
        || left.isLiteral()
        || right.isLiteral()) {
      return true;
    }
    boolean signed =
        switch (condition) {
          case SGT, SGE, SLT, SLE -> true;
          case EQ, NE, SET, NOT_SET, GT, GE, LT, LE -> false;
        };
    if (condition == Condition.SET || condition == Condition.NOT_SET) {
      return true;
    }
    if (condition == Condition.EQ && !low && left.symbol() != right.symbol()) {
      return (noWrap(left) && noWrap(right))
          ? addDifference(left, right, 0) && addDifference(right, left, 0)
          : true;
    }
    if (!readsAsSigned(left, low, signed) || !readsAsSigned(right, low, signed)) {
      return true;
    }
    return switch (condition) {
      case EQ -> addDifference(left, right, 0) && addDifference(right, left, 0);
      case LT, SLT -> addOrder(left, right, -1);
      case LE, SLE -> addOrder(left, right, 0);
      case GT, SGT -> addOrder(right, left, -1);
      case GE, SGE -> addOrder(right, left, 0);
      case NE -> assumeDifferent(left, right);
      case SET, NOT_SET -> true;
    };
  }

  /**
   * As {@link #addDifference}; and what is at most a summand makes, in its place, a smaller sum: x ≤ s + k and s + y = t + c, as integers, give
   * x + y ≤ t + c + k.
   */
  private boolean addOrder(Value left, Value right, long bound) {
    if (!addDifference(left, right, bound)) {
      return false;
    }
    long difference = maxDifference(Value.ofSymbol(left.symbol()), Value.ofSymbol(right.symbol()));
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.Sum sum
          && (sum.x() == right.symbol() || sum.y() == right.symbol())
          && difference != Relations.UNBOUNDED
          && isOfIntegers(sum)
          && differenceOrUnbounded(sum.constant(), -difference) != Relations.UNBOUNDED) {
        int other = sum.x() == right.symbol() ? sum.y() : sum.x();
        learn(new Fact.AtMost(left.symbol(), other, sum.total(), sum.constant() + difference));
      }
    }
    return true;
  }

  /** x ≠ y with x − y ≤ 0 known gives x − y ≤ −1, and the other way round. */
  private boolean assumeDifferent(Value left, Value right) {
    if (maxDifference(left, right) == 0) {
      return addDifference(left, right, -1);
    }
    if (maxDifference(right, left) == 0) {
      return addDifference(right, left, -1);
    }
    return true;
  }

  /** Whether the comparison's reading of the value is its signed 64-bit reading, and symbol + shift does not wrap. */
  private boolean readsAsSigned(Value value, boolean low, boolean signed) {
    Scalar known = of(value);
    boolean same;
    if (low) {
      same = signed
          ? known.signedMin() >= Integer.MIN_VALUE && known.signedMax() <= Integer.MAX_VALUE
          : isLowHalf(known);
    } else {
      same = signed || known.signedMin() >= 0;
    }
    return same && noWrap(value);
  }

  /** Whether s + c, read as signed integers, stays within 64 bits for every s that is possible. */
  private boolean noWrap(Value value) {
    return value.form() == Form.FULL && noWrap(value.symbol(), value.shift());
  }

  /** Whether s + c, read as signed integers, stays within 64 bits. */
  boolean noWrap(int number, long shift) {
    Scalar symbol = scalars[number];
    return shift >= 0
        ? symbol.signedMax() <= Long.MAX_VALUE - shift
        : symbol.signedMin() >= Long.MIN_VALUE - shift;
  }

  /**
   * Learns that left − right ≤ bound, as signed integers. Both values must be {@link Form#FULL} and must not wrap; literals are
   * left to the intervals.
   *
   * @return false if that is impossible
   */
  private boolean addDifference(Value left, Value right, long bound) {
    // (s + c) − (t + d) ≤ bound is s − t ≤ bound + d − c.
    long total = bound;
    try {
      total = Math.addExact(total, Math.subtractExact(right.shift(), left.shift()));
    } catch (ArithmeticException overflow) {
      return true;
    }
    if (left.symbol() == right.symbol()) {
      return total >= 0;
    }
    if (left.isLiteral() || right.isLiteral()) {
      return true;
    }
    relations = relations.assume(left.symbol(), right.symbol(), total);
    if (relations.isBottom()) {
      return false;
    }
    return propagate(right.symbol()) && propagate(left.symbol());
  }

  /**
   * Learns that left − right ≤ bound if both are read without wrapping.
   *
   * @return false if that is impossible
   */
  public boolean assumeDifference(Value left, Value right, long bound) {
    return !noWrap(left) || !noWrap(right) || addDifference(left, right, bound);
  }

  /**
   * An upper bound of left − right, both read as signed integers; {@link Long#MAX_VALUE} if none is known.
   */
  public long maxDifference(Value left, Value right) {
    Scalar known = of(left);
    Scalar other = of(right);
    long byIntervals = differenceOrUnbounded(known.signedMax(), other.signedMin());
    if (!noWrap(left) || !noWrap(right)) {
      return byIntervals;
    }
    if (left.symbol() == right.symbol()) {
      return differenceOrUnbounded(left.shift(), right.shift());
    }
    if (left.isLiteral() || right.isLiteral()) {
      return byIntervals;
    }
    long stored = Math.min(
        relations.upperBound(left.symbol(), right.symbol()),
        differenceBySums(left.symbol(), right.symbol()));
    if (stored == Relations.UNBOUNDED) {
      return byIntervals;
    }
    try {
      return Math.min(
          byIntervals, Math.addExact(stored, Math.subtractExact(left.shift(), right.shift())));
    } catch (ArithmeticException overflow) {
      return byIntervals;
    }
  }

  /**
   * An upper bound of the difference of two symbols, as signed integers, that a sum tells: with x + y = t + c, t − x is y − c, and x − t is c − y.
   */
  private long differenceBySums(int left, int right) {
    long least = Relations.UNBOUNDED;
    for (Fact fact : facts.all()) {
      if (fact instanceof Fact.Sum sum
          && (sum.total() == left || sum.total() == right)
          && sum.mentions(left)
          && sum.mentions(right)
          && isOfIntegers(sum)) {
        boolean fromTotal = sum.total() == left;
        int part = fromTotal ? right : left;
        Scalar other = scalars[sum.x() == part ? sum.y() : sum.x()];
        least = Math.min(
            least,
            fromTotal
                ? differenceOrUnbounded(other.signedMax(), sum.constant())
                : differenceOrUnbounded(sum.constant(), other.signedMin()));
      }
    }
    return least;
  }

  /** Whether two values surely are the same number. */
  public boolean same(Value left, Value right) {
    if (left.symbol() == right.symbol()
        && left.form() == right.form()
        && left.shift() == right.shift()) {
      return true;
    }
    Scalar known = of(left);
    return known.isConstant() && known.equals(of(right));
  }

  /** Whether the equation of words is one of signed integers: neither of its sides can wrap around. */
  boolean isOfIntegers(Fact.Sum sum) {
    return addsExactly(scalars[sum.x()], scalars[sum.y()]) && noWrap(sum.total(), sum.constant());
  }

  /** Whether no sum of two words of these, as signed integers, wraps around. */
  public static boolean addsExactly(Scalar a, Scalar b) {
    return !overflows(a.signedMin(), b.signedMin()) && !overflows(a.signedMax(), b.signedMax());
  }

  private static boolean overflows(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0;
  }

  /** Whether each of these words is its own low half, zero-extended. */
  public static boolean isLowHalf(Scalar scalar) {
    return scalar.signedMin() >= 0 && scalar.signedMax() <= LOW_MASK;
  }

  static long differenceOrUnbounded(long left, long right) {
    try {
      return Math.subtractExact(left, right);
    } catch (ArithmeticException overflow) {
      return Relations.UNBOUNDED;
    }
  }

  static long saturatingAdd(long a, long b) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  static long saturatingSubtract(long a, long b) {
    long difference = a - b;
    return ((a ^ b) & (a ^ difference)) < 0
        ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
        : difference;
  }
}
