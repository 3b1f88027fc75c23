package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/** Packet bytes, after a comparison of pointers with the packet's end. */
final class PacketAccesses {
  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final Statements statements;

  PacketAccesses(Draft draft, Numbers numbers, Indexing indexing, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.statements = statements;
  }

  /** r7 and r8 become the packet's bounds, from the context in r6. */
  static void loadBounds(Draft draft) {
    KindFacts facts = draft.facts();
    if (facts.hasPacket() && draft.hasContext()) {
      draft.load(Register.R7, Register.R6, facts.data().getAsInt(), 4, false);
      draft.load(Register.R8, Register.R6, facts.end().getAsInt(), 4, false);
      draft.hold(Register.R7, new Holding.Packet(0));
      draft.hold(Register.R8, Holding.Plain.PACKET_END);
    }
  }

  /** The first bytes are checked, for one access, or for all that follow if the program is left otherwise. */
  void atConstant(int depth) {
    if (!draft.hasPacket()) {
      return;
    }
    int length = 1 + dice.below(40);
    Register end = draft.scratch();
    draft.move(end, Register.R7);
    draft.undefine(end);
    draft.binary(ArithmeticOperator.ADD, Width.W64, end, length);
    if (draft.mayLeave() && dice.chance(3)) {
      outside(end, draft.exit());
      check(length);
      one(length);
      return;
    }
    int skip = draft.label();
    outside(end, skip);
    draft.unless(skip, () -> {
      check(length);
      one(length);
      if (dice.chance(3)) {
        statements.one(Math.max(depth, Statements.MOST_DEPTH - 1));
        if (draft.hasPacket()) {
          indexing.throughPointer();
        }
      }
    });
  }

  private void check(int length) {
    if (draft.knows().of(Register.R7) instanceof Holding.Packet(int before)) {
      draft.hold(Register.R7, new Holding.Packet(Math.max(before, length)));
    }
  }

  private void one(int length) {
    int size = dice.sizeUpTo(length);
    indexing.access(
        Register.R7,
        dice.below(length - size + 1) + (dice.slip(8) ? 1 : 0),
        size,
        draft.facts().writesPacket());
  }

  /** Goes to a label unless the packet reaches to a pointer. */
  private void outside(Register end, int skip) {
    Comparison comparison =
        dice.slip(8) ? dice.comparison() : dice.chance(4) ? Comparison.GE : Comparison.GT;
    if (dice.chance(3) && comparison != Comparison.SET) {
      draft.jumpIf(comparison.mirrored(), Width.W64, Register.R8, end, skip);
    } else {
      draft.jumpIf(comparison, Width.W64, end, Register.R8, skip);
    }
  }

  /** Bytes at an offset that is not known. */
  void atVariable() {
    if (!draft.hasPacket()) {
      return;
    }
    Register index = draft.number();
    numbers.limit(index, dice.chance(4) ? 0x7fff : 63);
    Register pointer = draft.scratchOtherThan(index);
    Register end = draft.scratchOtherThan(pointer);
    if (end == index) {
      return;
    }
    int length = 1 + dice.below(16);
    int size = dice.sizeUpTo(length);
    int skip = draft.label();
    draft.move(pointer, Register.R7);
    draft.undefine(pointer);
    draft.binary(ArithmeticOperator.ADD, Width.W64, pointer, index);
    draft.move(end, pointer);
    draft.binary(ArithmeticOperator.ADD, Width.W64, end, length);
    outside(end, skip);
    draft.unless(skip, () -> {
      if (dice.chance(6)) {
        draft.binary(ArithmeticOperator.ADD, Width.W64, index, dice.below(3) - 1);
      }
      indexing.access(
          pointer,
          dice.below(length - size + 1) + (dice.slip(8) ? 1 : 0),
          size,
          draft.facts().writesPacket());
      if (dice.chance(3) && draft.facts().writesPacket()) {
        draft.store(Register.R8, -1 - dice.below(length), 1, dice.constant());
      }
    });
    draft.undefine(pointer);
  }

  /** The distance of the packet's ends is tested. */
  void length() {
    if (!draft.hasPacket()) {
      return;
    }
    Register length = draft.scratch();
    int least = 1 + dice.below(40);
    int skip = draft.label();
    draft.move(length, Register.R8);
    draft.binary(ArithmeticOperator.SUB, dice.width(), length, Register.R7);
    draft.define(length);
    draft.jumpIf(dice.slip(3) ? Comparison.SLT : Comparison.LT, dice.width(), length, least, skip);
    draft.unless(skip, () -> one(least));
  }

  /** A pointer that goes through the packet in strides, tested before each access. */
  void walk(int depth) {
    if (!draft.hasPacket() || depth >= Statements.MOST_DEPTH - 1 || !counterIsFree()) {
      return;
    }
    Register pointer = Register.R4;
    Register end = Register.R5;
    int stride = 1 + dice.below(20);
    int size = dice.sizeUpTo(stride);
    int head = draft.label();
    int done = draft.label();
    draft.move(pointer, Register.R7);
    if (dice.chance(3)) {
      draft.binary(ArithmeticOperator.ADD, Width.W64, pointer, dice.below(20));
    }
    boolean counted = dice.chance(2);
    if (counted) {
      draft.set(Register.R9, 0);
    }
    draft.bind(head);
    if (counted) {
      draft.jumpIf(Comparison.GE, Width.W64, Register.R9, 1 + dice.below(12), done);
      draft.binary(ArithmeticOperator.ADD, Width.W64, Register.R9, 1);
    }
    draft.move(end, pointer);
    draft.binary(ArithmeticOperator.ADD, Width.W64, end, stride);
    outside(end, done);
    int offset = dice.below(stride - size + 1) + (dice.slip(10) ? 1 : 0);
    draft.load(Register.R0, pointer, offset, size, false);
    if (dice.chance(3)) {
      // As an option's length says how far the next one is.
      draft.binary(ArithmeticOperator.AND, Width.W64, Register.R0, 15);
      if (!counted) {
        draft.binary(ArithmeticOperator.ADD, Width.W64, Register.R0, 1);
      }
      draft.binary(ArithmeticOperator.ADD, Width.W64, pointer, Register.R0);
    } else {
      draft.move(pointer, end);
    }
    draft.jump(head);
    draft.bind(done);
    draft.undefine(Register.R0);
    draft.undefine(pointer);
    draft.undefine(end);
    numbers.source(Register.R9);
  }

  private boolean counterIsFree() {
    return draft.knows().of(Register.R9) != Holding.Plain.COUNTER;
  }

  /** The metadata before the packet, checked against the packet's start. */
  void metadata() {
    if (!draft.hasPacket() || draft.facts().meta().isEmpty() || !draft.hasContext()) {
      return;
    }
    Register meta = Register.R4;
    Register end = Register.R5;
    int length = 4 * (1 + dice.below(4));
    int size = dice.sizeUpTo(length);
    int skip = draft.label();
    draft.load(meta, Register.R6, draft.facts().meta().getAsInt(), 4, false);
    draft.undefine(meta);
    draft.move(end, meta);
    draft.binary(ArithmeticOperator.ADD, Width.W64, end, length);
    draft.jumpIf(
        dice.slip(6) ? Comparison.GE : Comparison.GT,
        Width.W64,
        end,
        dice.slip(6) ? Register.R8 : Register.R7,
        skip);
    draft.unless(
        skip,
        () -> indexing.access(
            meta,
            dice.below(length - size + 1) + (dice.slip(8) ? 1 : 0),
            size,
            draft.facts().writesPacket()));
    draft.undefine(meta);
  }
}
