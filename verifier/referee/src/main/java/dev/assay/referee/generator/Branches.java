package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/** Ways that part and meet again: after statements, with different pointers, or by a comparison of pointers. */
final class Branches {
  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final Statements statements;

  Branches(Draft draft, Numbers numbers, Indexing indexing, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.statements = statements;
  }

  void branch(int depth) {
    if (depth >= Statements.MOST_DEPTH) {
      numbers.arithmetic();
      return;
    }
    int otherwise = draft.label();
    int end = draft.label();
    numbers.test(otherwise);
    Knowledge before = draft.snapshot();
    statements.some(1 + dice.below(3), depth + 1);
    boolean both = dice.chance(2);
    if (both) {
      draft.jump(end);
    }
    draft.bind(otherwise);
    Knowledge first = draft.snapshot();
    draft.restore(before);
    if (both) {
      statements.some(1 + dice.below(3), depth + 1);
    }
    draft.bind(end);
    draft.knows().meet(first);
  }

  /** A pointer to one of two things, or a number, by a test; then an access that must suit both. */
  void pick() {
    Register pointer = draft.scratch();
    int otherwise = draft.label();
    int end = draft.label();
    int first = -8 - 8 * dice.below(4);
    int second = -8 - 8 * dice.below(4);
    draft.fill(first);
    draft.fill(second);
    Register tested = draft.number();
    if (tested == pointer) {
      return;
    }
    Comparison comparison = dice.comparison();
    int constant = dice.constant();
    draft.jumpIf(comparison, Width.W64, tested, constant, otherwise);
    draft.frame(pointer, first);
    draft.jump(end);
    draft.bind(otherwise);
    int other = dice.below(5);
    switch (other) {
      case 0 -> draft.set(pointer, 0);
      case 1 -> draft.set(pointer, dice.slip(3) ? dice.constant() : 0);
      case 2 -> draft.value(pointer, SubjectMaps.ARRAY, 8);
      default -> draft.frame(pointer, second);
    }
    draft.undefine(pointer);
    draft.bind(end);
    int skip = draft.label();
    boolean maybeNumber = other <= 1;
    if (maybeNumber && !dice.slip(4) || dice.chance(3)) {
      draft.jumpIf(Comparison.EQ, Width.W64, pointer, 0, skip);
    } else if (dice.chance(2)) {
      draft.jumpIf(comparison, Width.W64, tested, constant, skip);
    }
    draft.unless(skip, () -> draft.load(pointer, pointer, 0, dice.size(), false));
  }

  /** Pointers into one region or two are subtracted or compared. */
  void comparePointers() {
    boolean packet = draft.hasPacket();
    Register left =
        packet ? dice.pick(new Register[] {Register.R10, Register.R7, Register.R8}) : Register.R10;
    Register right = packet && dice.slip(2)
        ? dice.pick(new Register[] {Register.R10, Register.R7, Register.R8})
        : left;
    Register copy = draft.scratch();
    draft.move(copy, left);
    draft.undefine(copy);
    draft.binary(ArithmeticOperator.ADD, Width.W64, copy, dice.below(16) - 8);
    if (dice.chance(2)) {
      draft.binary(ArithmeticOperator.SUB, Width.W64, copy, right);
      draft.define(copy);
      indexing.use(copy);
      return;
    }
    int end = draft.label();
    draft.jumpIf(dice.comparison(), Width.W64, copy, right, end);
    draft.unless(end, numbers::arithmetic);
  }
}
