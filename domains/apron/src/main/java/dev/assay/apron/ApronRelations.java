package dev.assay.apron;

import dev.assay.numeric.DifferenceVisitor;
import dev.assay.numeric.Relations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * Relations that an element of Apron holds. Each dimension of it is one symbol; symbols of which nothing but their range is known are not among them. Other than
 * a zone, an element also holds the ranges of its symbols, for without them neither octagons nor polyhedra conclude anything of sums: the
 * owner of the ranges says them, and asks what follows.
 *
 * <p>Symbols stand for integers, and Apron's numbers are exact, so that nothing wraps and nothing is rounded here. What is asked of an element holds in all that satisfies it,
 * whatever Apron leaves out; a bound that no word holds counts as none.
 */
final class ApronRelations implements Relations {
  private final ApronDomain.Opened session;

  /** The symbol of each dimension. */
  private final int[] symbols;

  private final Element element;
  private final boolean bottom;

  /** Nothing known. */
  ApronRelations(ApronDomain.Opened session) {
    this(session, new int[0], session.space().top(0));
  }

  ApronRelations(ApronDomain.Opened session, int[] symbols, Element element) {
    this.session = session;
    this.symbols = symbols;
    this.element = element;
    this.bottom = element.isBottom();
  }

  private ApronRelations with(Element other) {
    return new ApronRelations(session, symbols, other);
  }

  @Override
  public boolean isBottom() {
    return bottom;
  }

  @Override
  public boolean isEmpty() {
    return symbols.length == 0 && !bottom;
  }

  @Override
  public boolean mentions(int symbol) {
    return dimension(symbol) >= 0;
  }

  /** The dimension of a symbol, or −1. */
  private int dimension(int symbol) {
    for (int i = 0; i < symbols.length; i++) {
      if (symbols[i] == symbol) {
        return i;
      }
    }
    return -1;
  }

  /** The element as it is, for the binary operations. */
  Element element() {
    return element;
  }

  /** The symbol of each dimension. */
  int[] symbols() {
    return symbols;
  }

  /** Whether all can have these values. */
  boolean allows(IntToLongFunction valueOf) {
    return allows(symbol -> true, valueOf);
  }

  @Override
  public boolean allows(IntPredicate valued, IntToLongFunction valueOf) {
    List<LinearConstraint> point = new ArrayList<>();
    for (int i = 0; i < symbols.length; i++) {
      if (valued.test(symbols[i])) {
        point.add(LinearExpression.constant(valueOf.applyAsLong(symbols[i]))
            .plus(-1, i)
            .isZero());
      }
    }
    return !element.meet(point).isBottom();
  }

  @Override
  public long upperBound(int x, int y) {
    if (x == y) {
      return 0;
    }
    int i = dimension(x);
    int j = dimension(y);
    return bottom || i < 0 || j < 0
        ? UNBOUNDED
        : greatest(LinearExpression.of(i).plus(-1, j));
  }

  private long greatest(LinearExpression expression) {
    Bounds bounds = element.bounds(expression);
    return bounds.greatest().orElse(UNBOUNDED);
  }

  @Override
  public long upperBoundOfSum(int x, int y, int total) {
    if (bottom || !mentions(x) || !mentions(y) || (total != 0 && !mentions(total))) {
      return UNBOUNDED;
    }
    return greatest(sum(x, y, total, 0));
  }

  /** x + y − total − constant, where all are mentioned. */
  private LinearExpression sum(int x, int y, int total, long constant) {
    LinearExpression sum = LinearExpression.constant(-constant);
    for (int symbol : summands(x, y, total)) {
      sum = sum.plus(factor(symbol, x, y, total), dimension(symbol));
    }
    return sum;
  }

  private static int[] summands(int x, int y, int total) {
    return IntStream.of(x, y, total).filter(symbol -> symbol != 0).distinct().toArray();
  }

  /** How often a symbol is in x + y − total. */
  private static int factor(int symbol, int x, int y, int total) {
    return (symbol == x ? 1 : 0) + (symbol == y ? 1 : 0) - (symbol == total ? 1 : 0);
  }

  @Override
  public Relations assume(int x, int y, long bound) {
    if (bottom || (x == y && bound >= 0)) {
      return this;
    }
    if (x == y) {
      return session.bottom();
    }
    ApronRelations wider = mentioning(x, y);
    LinearConstraint constraint = LinearExpression.constant(bound)
        .plus(-1, wider.dimension(x))
        .plus(1, wider.dimension(y))
        .isNotNegative();
    return wider.element.satisfies(constraint) ? this : wider.meet(constraint);
  }

  /** Whether something is new is asked of the fractions that satisfy the element, not of its integers: inclusion is about those, too. */
  @Override
  public Relations assumeRange(int symbol, long min, long max) {
    int i = dimension(symbol);
    if (bottom || i < 0) {
      return this;
    }
    List<LinearConstraint> news = Translation.range(i, min, max).stream()
        .filter(constraint -> !element.satisfies(constraint))
        .toList();
    return news.isEmpty() ? this : with(element.meet(news));
  }

  @Override
  public Relations assumeSum(int x, int y, int total, long constant) {
    if (bottom || constant == Long.MIN_VALUE) {
      return this;
    }
    ApronRelations wider = mentioning(summands(x, y, total));
    LinearConstraint sum = wider.sum(x, y, total, constant).isZero();
    List<LinearConstraint> constraints = new ArrayList<>(List.of(sum));
    if (session.space().library().isOctagon()) {
      constraints.addAll(wider.rangesBySum(x, y, total, constant));
    }
    Element met = wider.element.meet(constraints);
    return wider == this && met.includes(element) ? this : wider.with(met);
  }

  /**
   * The ranges of the symbols of a sum by what is known of the other two as a pair: octagons meet a constraint of three symbols by the ranges of each.
   */
  private List<LinearConstraint> rangesBySum(int x, int y, int total, long constant) {
    List<LinearConstraint> ranges = new ArrayList<>();
    int[] summands = summands(x, y, total);
    for (int symbol : summands) {
      int factor = factor(symbol, x, y, total);
      if (Math.abs(factor) == 1) {
        LinearExpression rest = LinearExpression.constant(factor * constant);
        for (int other : summands) {
          if (other != symbol) {
            rest = rest.plus(-factor * (long) factor(other, x, y, total), dimension(other));
          }
        }
        Bounds bounds = element.bounds(rest);
        ranges.addAll(Translation.range(
            dimension(symbol),
            bounds.least().orElse(Long.MIN_VALUE),
            bounds.greatest().orElse(Long.MAX_VALUE)));
      }
    }
    return ranges;
  }

  private ApronRelations meet(LinearConstraint constraint) {
    return with(element.meet(List.of(constraint)));
  }

  /** With dimensions for these symbols; if there are too many then, without those of the lowest other symbols. */
  private ApronRelations mentioning(int... wanted) {
    int[] missing =
        Arrays.stream(wanted).distinct().filter(symbol -> !mentions(symbol)).toArray();
    if (missing.length == 0) {
      return this;
    }
    int excess = symbols.length + missing.length - session.mostSymbols();
    if (excess > 0) {
      int[] others = Arrays.stream(symbols)
          .filter(symbol -> Arrays.stream(wanted).noneMatch(w -> w == symbol))
          .sorted()
          .toArray();
      int last = others[Math.min(excess, others.length) - 1];
      return filtered(symbol -> symbol > last || Arrays.stream(wanted).anyMatch(w -> w == symbol))
          .mentioning(wanted);
    }
    int[] more = Arrays.copyOf(symbols, symbols.length + missing.length);
    System.arraycopy(missing, 0, more, symbols.length, missing.length);
    return new ApronRelations(session, more, element.add(missing.length));
  }

  @Override
  public Relations retain(int[] kept) {
    return filtered(symbol -> Arrays.binarySearch(kept, symbol) >= 0);
  }

  @Override
  public Relations forget(int symbol) {
    return filtered(s -> s != symbol);
  }

  /** Without the other symbols; what they imply of these stays. */
  private ApronRelations filtered(IntPredicate kept) {
    int[] gone =
        IntStream.range(0, symbols.length).filter(i -> !kept.test(symbols[i])).toArray();
    return gone.length == 0
        ? this
        : new ApronRelations(
            session, Arrays.stream(symbols).filter(kept).toArray(), element.remove(gone));
  }

  @Override
  public void forEach(DifferenceVisitor visitor) {
    int[] sorted = symbols.clone();
    Arrays.sort(sorted);
    for (int x : sorted) {
      for (int y : sorted) {
        long bound = x == y ? UNBOUNDED : upperBound(x, y);
        if (bound != UNBOUNDED) {
          visitor.visit(x, y, bound);
        }
      }
    }
  }

  @Override
  public void forEachOf(int symbol, DifferenceVisitor visitor) {
    if (bottom || !mentions(symbol)) {
      return;
    }
    List<Bounds> box = element.box();
    for (int i = 0; i < symbols.length; i++) {
      int x = symbols[i];
      box.get(i).greatest().ifPresent(greatest -> visitor.visit(x, 0, greatest));
      box.get(i).least().stream()
          .filter(least -> least != Long.MIN_VALUE)
          .forEach(least -> visitor.visit(0, x, -least));
    }
  }

  /** The symbols of a result that its operand, read so, knows something of. */
  private BitSet read(Reading reading) {
    BitSet read = new BitSet();
    for (int t = 1; t <= reading.count(); t++) {
      if (reading.symbol(t) != 0 && mentions(reading.symbol(t))) {
        read.set(t);
      }
    }
    return read;
  }

  @Override
  public Relations join(Reading mine, Relations other, Reading theirs, BitSet related) {
    ApronRelations that = (ApronRelations) other;
    BitSet ofInterest = read(mine);
    ofInterest.or(that.read(theirs));
    ofInterest.or(related);
    ofInterest.clear(0);
    int[] wanted = ofInterest.stream()
        .filter(t -> t <= mine.count())
        .limit(session.mostSymbols())
        .toArray();
    if (bottom && that.bottom) {
      return session.bottom();
    }
    Element left = new Translation(this, mine, wanted).withRanges();
    Element right = new Translation(that, theirs, wanted).withRanges();
    return related(wanted, left.join(right));
  }

  /**
   * This side is taken without its ranges: what widening has given up must not come back by them. Where each symbol is read as it is, the element is not touched,
   * since closing an octagon between two widenings would give up their end, too.
   */
  @Override
  public Relations widen(Reading mine, Relations next, Reading theirs) {
    ApronRelations that = (ApronRelations) next;
    if (bottom) {
      BitSet all = that.read(theirs);
      int[] wanted = all.stream().toArray();
      return that.bottom
          ? session.bottom()
          : related(wanted, new Translation(that, theirs, wanted).withoutRanges());
    }
    int[] wanted = read(mine).stream().limit(session.mostSymbols()).toArray();
    Element old = new Translation(this, mine, wanted).withoutRanges();
    if (that.bottom) {
      return related(wanted, old);
    }
    Element arriving = new Translation(that, theirs, wanted).withRanges();
    return related(wanted, old.widen(old.join(arriving)));
  }

  /** An element over symbols of a result; nothing, if it says no more than their ranges do. */
  private Relations related(int[] ofResult, Element result) {
    if (session.space().library().isRelational()
        && !result.isBottom()
        && result.includes(box(ofResult.length, result.box()))) {
      return none();
    }
    return new ApronRelations(session, ofResult, result);
  }

  private Element box(int dimensions, List<Bounds> box) {
    List<LinearConstraint> constraints = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      constraints.addAll(Translation.range(
          i,
          box.get(i).least().orElse(Long.MIN_VALUE),
          box.get(i).greatest().orElse(Long.MAX_VALUE)));
    }
    return session.space().top(dimensions).meet(constraints);
  }

  @Override
  public boolean includes(Reading mine, Relations other, Reading theirs) {
    ApronRelations that = (ApronRelations) other;
    if (bottom || that.bottom) {
      return that.bottom;
    }
    int[] wanted = Translation.mentionedOrShared(this, mine);
    BitSet read = new BitSet();
    for (int t : wanted) {
      read.set(mine.symbol(t));
    }
    if (Arrays.stream(symbols).anyMatch(symbol -> !read.get(symbol))) {
      return false;
    }
    if (wanted.length > read.cardinality() && !session.space().library().isRelational()) {
      // That two are equally far apart as here is more than ranges can say.
      return false;
    }
    return wanted.length == 0
        || new Translation(this, mine, wanted)
            .withoutRanges()
            .includes(new Translation(that, theirs, wanted).withRanges());
  }

  @Override
  public Relations none() {
    return session.none();
  }

  @Override
  public String toString() {
    return Arrays.toString(symbols) + ": " + element;
  }
}
