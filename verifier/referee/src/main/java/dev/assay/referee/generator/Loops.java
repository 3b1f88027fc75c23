package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/**
 * Loops that count up or down, in strides, in a register or in the frame, mostly to a bound that they meet: one that is known, one that a packet's
 * byte says, or the platform's own.
 */
final class Loops {
  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final Statements statements;

  Loops(Draft draft, Numbers numbers, Indexing indexing, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.statements = statements;
  }

  /** How one loop counts. */
  private record Count(
      boolean inFrame,
      boolean down,
      int from,
      int to,
      int stride,
      Width width,
      boolean testsFirst) {
    /** What the counter is held against. */
    int last() {
      return down ? from : to;
    }
  }

  void loop(int depth) {
    if (depth >= Statements.MOST_DEPTH) {
      return;
    }
    boolean registerTaken = draft.knows().of(Register.R9) == Holding.Plain.COUNTER;
    boolean slotTaken = draft.knows().at(Draft.COUNTER_SLOT) == Holding.Plain.COUNTER;
    boolean inFrame = registerTaken || !slotTaken && dice.chance(3);
    if (inFrame && slotTaken) {
      return;
    }
    boolean nested = registerTaken || slotTaken;
    int rounds = 1 + dice.below(nested ? 4 : 12);
    int stride = dice.chance(2) ? 1 : 1 + dice.below(4);
    int from = dice.below(5) - 1;
    Count count = new Count(
        inFrame,
        dice.chance(3),
        from,
        from + rounds * stride,
        stride,
        dice.chance(3) ? Width.W32 : Width.W64,
        dice.chance(2));
    start(count);
    boolean bounded = !inFrame && count.testsFirst && !count.down && dice.chance(5);
    if (bounded) {
      boundFromPacket(count.to);
    }
    boolean moves = draft.mayMovePacket();
    draft.permitMoves(false);
    draft.knows().forgetPointers();
    Knowledge before = draft.snapshot();
    int head = draft.label();
    int end = draft.label();
    draft.bind(head);
    if (dice.chance(8)) {
      draft.mayGoto(end);
    }
    if (count.testsFirst) {
      test(count, end, bounded, false);
    }
    body(count, depth, end);
    step(count);
    Knowledge lost = draft.snapshot();
    remake(before);
    if (count.testsFirst) {
      draft.jump(head);
    } else {
      test(count, head, false, true);
    }
    draft.bind(end);
    draft.permitMoves(moves);
    // A jump out of the middle comes before what the round remakes.
    draft.knows().meet(before);
    draft.knows().meet(lost);
    if (count.inFrame) {
      draft.knows().setAt(Draft.COUNTER_SLOT, Holding.Plain.NUMBER);
    } else {
      draft.define(Register.R9);
    }
  }

  private void start(Count count) {
    int first = count.down ? count.to : count.from;
    if (count.inFrame) {
      draft.store(Register.R10, Draft.COUNTER_SLOT, 8, first);
      draft.knows().setAt(Draft.COUNTER_SLOT, Holding.Plain.COUNTER);
      return;
    }
    if (dice.chance(4) && draft.knows().isNumber(Register.R9)) {
      draft.binary(ArithmeticOperator.AND, Width.W64, Register.R9, 15);
    } else {
      draft.set(Register.R9, first);
    }
    draft.hold(Register.R9, Holding.Plain.COUNTER);
  }

  /** The frame's last followed number becomes a bound that the packet, or else a number, says, below a constant. */
  private void boundFromPacket(int most) {
    Register bound = draft.scratch();
    if (draft.knows().of(Register.R7) instanceof Holding.Packet(int checked) && checked > 0) {
      draft.load(bound, Register.R7, dice.below(checked), 1, false);
    } else {
      draft.move(bound, draft.number());
    }
    numbers.limit(bound, Math.max(1, most));
    draft.store(Register.R10, Draft.COUNTER_SLOT, 8, bound);
    draft.knows().setAt(Draft.COUNTER_SLOT, Holding.Plain.COUNTER);
  }

  /** Goes to a label if the loop is done, or if it is not. */
  private void test(Count count, int label, boolean bounded, boolean again) {
    Comparison comparison = again ? done(count).negated() : done(count);
    Register counter = Register.R9;
    if (count.inFrame) {
      counter = draft.scratch();
      int size = count.width == Width.W32 ? 4 : 8;
      draft.load(counter, Register.R10, Draft.COUNTER_SLOT, size, false);
    }
    if (bounded) {
      Register bound = draft.scratch();
      draft.load(bound, Register.R10, Draft.COUNTER_SLOT, 8, false);
      draft.jumpIf(comparison, count.width, counter, bound, label);
    } else {
      draft.jumpIf(comparison, count.width, counter, count.last(), label);
    }
  }

  private Comparison done(Count count) {
    return switch (dice.below(count.stride == 1 || dice.slip(2) ? 4 : 3)) {
      case 0 -> count.down ? Comparison.SLE : Comparison.GE;
      case 1 -> count.down ? Comparison.SLT : Comparison.GT;
      case 2 -> count.down ? Comparison.SLE : Comparison.SGE;
      default -> count.down && dice.slip(2) ? Comparison.LE : Comparison.EQ;
    };
  }

  private void body(Count count, int depth, int end) {
    statements.some(1 + dice.below(2), depth + 1 + dice.below(2));
    if (dice.chance(2)) {
      Register index = draft.scratch();
      if (count.inFrame) {
        draft.load(index, Register.R10, Draft.COUNTER_SLOT, 8, false);
      } else {
        draft.binary(ArithmeticOperator.MOV, Width.W64, index, Register.R9);
      }
      draft.define(index);
      indexing.use(index);
    }
    if (dice.chance(4)) {
      numbers.test(end);
    }
  }

  private void step(Count count) {
    int step = count.down ? -count.stride : count.stride;
    if (count.inFrame) {
      Register counter = draft.scratch();
      int size = count.width == Width.W32 ? 4 : 8;
      draft.load(counter, Register.R10, Draft.COUNTER_SLOT, size, false);
      draft.binary(ArithmeticOperator.ADD, count.width, counter, step);
      draft.store(Register.R10, Draft.COUNTER_SLOT, size, counter);
    } else {
      draft.binary(ArithmeticOperator.ADD, count.width, Register.R9, step);
    }
  }

  /** What the body may read must hold on each round: numbers that were overwritten become numbers again. */
  private void remake(Knowledge before) {
    for (int r = 0; r < 6; r++) {
      Register register = Register.of(r);
      if (before.isNumber(register) && !draft.knows().isNumber(register)) {
        draft.set(register, dice.constant());
      }
    }
    for (int offset = -Draft.FRAME; offset < 0; offset += 8) {
      if (before.isNumberAt(offset) && !draft.knows().isNumberAt(offset)) {
        draft.fill(offset);
      }
    }
  }
}
