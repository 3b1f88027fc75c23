package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/**
 * Something is tested, and something else, that the test says something of, is used: a copy, the other one of two that were compared, a masked or
 * divided image.
 */
final class Tests {
  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;

  Tests(Draft draft, Numbers numbers, Indexing indexing) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
  }

  /** Goes to a label if a pointer is null, in one of two ways to say so. */
  static void ifNull(Draft draft, Register pointer, int label) {
    if (draft.dice().chance(4)) {
      int isNot = draft.label();
      draft.jumpIf(Comparison.NE, Width.W64, pointer, 0, isNot);
      draft.jump(label);
      draft.bind(isNot);
    } else {
      draft.jumpIf(Comparison.EQ, Width.W64, pointer, 0, label);
    }
  }

  /** A copy is tested and the original used, or the other way round; through a 32-bit move, a spill, or an addition. */
  void copy() {
    Register original = draft.number();
    Register copy = draft.scratch();
    if (copy == original) {
      return;
    }
    switch (dice.below(6)) {
      case 0 -> {
        draft.store(Register.R10, -8, 8, original);
        draft.knows().setAt(-8, Holding.Plain.NUMBER);
        int size = dice.chance(2) ? 8 : dice.size();
        draft.load(copy, Register.R10, -8, size, size < 8 && dice.chance(2));
      }
      case 1 -> {
        draft.move(copy, original);
        draft.binary(ArithmeticOperator.LSH, Width.W64, copy, 32);
        if (!dice.slip(4)) {
          draft.binary(
              dice.chance(2) ? ArithmeticOperator.RSH : ArithmeticOperator.ARSH,
              Width.W64,
              copy,
              32);
        }
      }
      case 2, 3 -> numbers.extend(copy, original);
      default -> draft.copy(copy, original);
    }
    draft.define(copy);
    if (dice.chance(2)) {
      draft.binary(ArithmeticOperator.ADD, dice.width(), copy, dice.constant());
    }
    int end = draft.label();
    draft.jumpIf(
        dice.comparison(), dice.width(), dice.chance(2) ? copy : original, dice.constant(), end);
    draft.unless(end, () -> indexing.use(dice.chance(2) ? original : copy));
  }

  /** A number is held against a bound and then used as an index. */
  void bounds() {
    Register index = draft.number();
    int end = draft.label();
    Width width = dice.chance(4) ? Width.W32 : Width.W64;
    int bound = dice.below(32);
    if (dice.chance(3)) {
      draft.jumpIf(Comparison.SLT, width, index, 0, end);
      draft.jumpIf(Comparison.SGT, width, index, bound, end);
    } else {
      draft.jumpIf(dice.chance(2) ? Comparison.GT : Comparison.GE, width, index, bound, end);
    }
    draft.unless(end, () -> {
      if (width == Width.W32 && !dice.slip(3)) {
        draft.binary(ArithmeticOperator.MOV, Width.W32, index, index);
      }
      indexing.use(dice.slip(6) ? draft.number() : index);
    });
  }

  /** Two numbers are compared with each other, one of them then with a constant, and the other, or their difference, is used. */
  void pair() {
    Register x = Register.R4;
    Register y = Register.R5;
    Register first = draft.number();
    Register second = draft.number();
    if (first == y || second == x) {
      return;
    }
    draft.copy(x, first);
    draft.copy(y, second);
    numbers.nudge(x);
    numbers.nudge(y);
    int end = draft.label();
    draft.jumpIf(dice.comparison(), dice.width(), x, y, end);
    numbers.nudge(x);
    numbers.nudge(y);
    numbers.bound(y, end);
    numbers.bound(x, end);
    draft.unless(end, () -> {
      if (dice.chance(2)) {
        draft.binary(ArithmeticOperator.SUB, dice.width(), y, x);
        indexing.use(y);
      } else {
        indexing.use(x);
      }
    });
  }

  /** A masked, shifted, swapped, multiplied or divided copy is tested, and the original used. */
  void image() {
    Register original = Register.R4;
    Register image = Register.R5;
    Register source = draft.number();
    if (source == image) {
      return;
    }
    draft.copy(original, source);
    if (dice.chance(2)) {
      numbers.mask(original);
    }
    draft.copy(image, original);
    Width width = dice.chance(3) ? Width.W32 : Width.W64;
    switch (dice.below(6)) {
      case 0 ->
        draft.binary(
            ArithmeticOperator.AND,
            width,
            image,
            dice.chance(2) ? -(1 << dice.below(7)) : dice.constant());
      case 1 -> draft.binary(ArithmeticOperator.RSH, width, image, 1 + dice.below(31));
      case 2 -> draft.binary(ArithmeticOperator.LSH, width, image, 1 + dice.below(31));
      case 3 -> numbers.swapBytes(image);
      case 4 -> draft.binary(ArithmeticOperator.MUL, width, image, dice.constant());
      default -> draft.binary(ArithmeticOperator.DIV, width, image, 1 + dice.below(20));
    }
    int end = draft.label();
    draft.jumpIf(
        dice.comparison(),
        dice.chance(4) ? Width.W32 : Width.W64,
        image,
        dice.chance(2) ? 0 : dice.constant(),
        end);
    if (dice.chance(3)) {
      numbers.bound(original, end);
    }
    draft.unless(end, () -> indexing.use(original));
  }

  /** What is left of a number after the largest multiple of a constant, mostly of the one that it was divided by. */
  void remainder() {
    Register rest = Register.R4;
    Register product = Register.R5;
    Register source = draft.number();
    if (source == product) {
      return;
    }
    draft.copy(rest, source);
    draft.copy(product, rest);
    int divisor = 1 + dice.below(30);
    Width width = dice.width();
    draft.binary(ArithmeticOperator.DIV, dice.slip(3) ? Width.W32 : width, product, divisor);
    draft.binary(
        ArithmeticOperator.MUL,
        dice.slip(3) ? Width.W32 : width,
        product,
        dice.slip(4) ? divisor + 1 : divisor);
    draft.binary(ArithmeticOperator.SUB, dice.slip(3) ? Width.W64 : width, rest, product);
    indexing.use(rest);
  }

  /** On both sides of a branch one register gets the low half of another, of different ones or moved differently; then it is used. */
  void halves() {
    Register result = Register.R5;
    int otherwise = draft.label();
    int end = draft.label();
    Register left = draft.number();
    Register right = dice.chance(2) ? left : draft.number();
    if (left == result || right == result) {
      return;
    }
    if (dice.chance(2)) {
      numbers.bound(left, otherwise);
    }
    numbers.test(otherwise);
    numbers.extend(result, left);
    draft.jump(end);
    draft.bind(otherwise);
    numbers.extend(result, right);
    draft.bind(end);
    if (dice.chance(3)) {
      draft.set(dice.chance(2) ? left : right, dice.constant());
    }
    int skip = draft.label();
    numbers.bound(dice.chance(2) ? result : draft.number(), skip);
    numbers.bound(dice.chance(2) ? result : draft.number(), skip);
    draft.unless(skip, () -> indexing.use(result));
  }
}
