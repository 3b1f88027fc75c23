package dev.assay.numeric;

/** What a condition between two ranges leaves of the left one, and whether it can hold. */
final class Conditions {
  private Conditions() {}

  /**
   * The words of {@code left} for which the condition may hold with some word of {@code right}. For an order: those below
   * the greatest word there, or above the least. For inequality: all but a constant. For a common bit: if only one bit may
   * be set in both, it is set. For none: a bit that is set there is clear here.
   */
  static Range refine(Condition condition, Range left, Range right) {
    Word word = left.word;
    if (left.isBottom() || right.isBottom()) {
      return Range.bottom(word);
    }
    return switch (condition) {
      case EQ -> left.meet(right);
      case NE -> right.isConstant() ? left.excluding(right.value) : left;
      case SET -> {
        long common = left.bits().possible() & right.bits().possible();
        yield common == 0
            ? Range.bottom(word)
            : Long.bitCount(common) == 1 ? left.restrictBits(common, ~common) : left;
      }
      case NOT_SET ->
        (left.value & right.value) != 0 ? Range.bottom(word) : left.restrictBits(0, ~right.value);
      case GT ->
        right.unsignedMin() == word.mask()
            ? Range.bottom(word)
            : left.restrictUnsigned(right.unsignedMin() + 1, word.mask());
      case GE -> left.restrictUnsigned(right.unsignedMin(), word.mask());
      case LT ->
        right.unsignedMax() == 0
            ? Range.bottom(word)
            : left.restrictUnsigned(0, right.unsignedMax() - 1);
      case LE -> left.restrictUnsigned(0, right.unsignedMax());
      case SGT ->
        right.signedMin() == word.signedMax()
            ? Range.bottom(word)
            : left.restrictSigned(right.signedMin() + 1, word.signedMax());
      case SGE -> left.restrictSigned(right.signedMin(), word.signedMax());
      case SLT ->
        right.signedMax() == word.signedMin()
            ? Range.bottom(word)
            : left.restrictSigned(word.signedMin(), right.signedMax() - 1);
      case SLE -> left.restrictSigned(word.signedMin(), right.signedMax());
    };
  }

  /** Whether the condition holds for no pair of words. */
  static boolean isExcluded(Condition condition, Range left, Range right) {
    if (left.isBottom() || right.isBottom()) {
      return true;
    }
    return switch (condition) {
      case EQ -> left.meet(right).isBottom();
      case NE -> left.isConstant() && right.isConstant() && left.value == right.value;
      case SET -> (left.bits().possible() & right.bits().possible()) == 0;
      case NOT_SET -> (left.value & right.value) != 0;
      case GT -> Long.compareUnsigned(left.unsignedMax(), right.unsignedMin()) <= 0;
      case GE -> Long.compareUnsigned(left.unsignedMax(), right.unsignedMin()) < 0;
      case LT -> Long.compareUnsigned(left.unsignedMin(), right.unsignedMax()) >= 0;
      case LE -> Long.compareUnsigned(left.unsignedMin(), right.unsignedMax()) > 0;
      case SGT -> left.signedMax() <= right.signedMin();
      case SGE -> left.signedMax() < right.signedMin();
      case SLT -> left.signedMin() >= right.signedMax();
      case SLE -> left.signedMin() > right.signedMax();
    };
  }
}
