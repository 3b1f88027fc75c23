package dev.assay.referee.generator;

import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/** Bytes of the frame: numbers in all sizes, whole and in parts; spilled registers; atomic updates there and in maps. */
final class FrameAccesses {
  private final Draft draft;
  private final Dice dice;

  FrameAccesses(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  private int slot() {
    return -8 - 8 * dice.below(Draft.FRAME / 8);
  }

  /** A store of any size, mostly aligned. */
  void store() {
    int size = dice.size();
    int offset = -size
        - (dice.chance(3) ? dice.below(Draft.FRAME - size) : dice.below(Draft.FRAME / size) * size);
    if (dice.chance(3)) {
      draft.store(Register.R10, offset, size, dice.constant());
    } else {
      draft.store(Register.R10, offset, size, draft.number());
    }
    for (int slot = Math.floorDiv(offset, 8) * 8; slot < offset + size; slot += 8) {
      boolean whole = size == 8 && offset == slot;
      if (whole || !draft.knows().isNumberAt(slot)) {
        draft.knows().setAt(slot, whole ? Holding.Plain.NUMBER : Holding.Plain.NOTHING);
      }
    }
  }

  /** A load of any size from bytes that hold numbers, also across two spilled ones. */
  void load() {
    int size = dice.size();
    int offset = slot();
    if (!draft.knows().isNumberAt(offset)) {
      draft.store(Register.R10, offset, 8, draft.number());
      draft.knows().setAt(offset, Holding.Plain.NUMBER);
    }
    Register into = draft.scratch();
    int most = 8 - size;
    if (offset < -8 && draft.knows().isNumberAt(offset + 8)) {
      most = 15 - size;
    }
    draft.load(into, Register.R10, offset + dice.below(most + 1), size, size < 8 && dice.chance(3));
  }

  /** A number is spilled, a part of it overwritten, and the whole or a part filled. */
  void partly() {
    int offset = slot();
    draft.store(Register.R10, offset, 8, draft.number());
    draft.knows().setAt(offset, Holding.Plain.NUMBER);
    int size = dice.size();
    int at = offset + (dice.chance(2) ? 0 : dice.below(8 - size + 1));
    if (size < 8 && dice.chance(2)) {
      draft.store(Register.R10, at, size, draft.number());
    }
    Register into = draft.scratch();
    int loaded = dice.chance(2) ? 8 : size;
    draft.load(into, Register.R10, loaded == 8 ? offset : at, loaded, loaded < 8 && dice.chance(3));
  }

  /** A pointer, or whatever a register holds, is spilled; now and then a byte of it is overwritten. */
  void spill() {
    Register[] candidates = new Register[11];
    int count = 0;
    for (int r = 0; r < 10; r++) {
      Holding holding = draft.knows().of(Register.of(r));
      if (holding != Holding.Plain.NOTHING && holding != Holding.Plain.NUMBER) {
        candidates[count++] = Register.of(r);
      }
    }
    candidates[count++] = Register.R10;
    Register spilled = candidates[dice.below(count)];
    int offset = slot();
    draft.store(Register.R10, offset, 8, spilled);
    if (spilled == Register.R10 || draft.knows().of(spilled) == Holding.Plain.COUNTER) {
      draft.knows().setAt(offset, Holding.Plain.NOTHING);
    } else {
      draft.knows().setAt(offset, draft.knows().of(spilled));
    }
    if (dice.chance(4)) {
      int size = dice.size();
      draft.store(Register.R10, offset + dice.below(8 / size) * size, size, draft.number());
      boolean whole = size == 8;
      draft.knows().setAt(offset, whole ? Holding.Plain.NUMBER : Holding.Plain.NOTHING);
      return;
    }
    if (dice.chance(2)) {
      Register into = draft.scratch();
      draft.load(into, Register.R10, offset, 8, false);
      draft.hold(into, draft.knows().at(offset));
    }
  }

  void atomicInFrame() {
    int offset = slot();
    draft.store(Register.R10, offset, 8, draft.number());
    draft.knows().setAt(offset, Holding.Plain.NUMBER);
    Width width = dice.width();
    atomic(Register.R10, width == Width.W32 && dice.chance(2) ? offset + 4 : offset, width);
    if (dice.chance(2)) {
      draft.load(draft.scratch(), Register.R10, offset, 8, false);
    }
  }

  void atomicInMap() {
    Register base = draft.scratch();
    draft.value(base, SubjectMaps.ARRAY, 0);
    Width width = dice.width();
    int bytes = width.bytes();
    atomic(base, dice.below(48 / bytes) * bytes + (dice.slip(8) ? 4 : 0), width);
  }

  /** Any atomic update by a number, of memory that a register other than r0 points to. */
  void atomic(Register base, int offset, Width width) {
    AtomicOperator operator = dice.pick(AtomicOperator.values());
    if (operator == AtomicOperator.CMPXCHG) {
      if (base == Register.R0) {
        return;
      }
      if (!draft.knows().isNumber(Register.R0)) {
        draft.set(Register.R0, dice.constant());
      }
    }
    Register source = draft.number();
    if (source == base) {
      return;
    }
    draft.add(new Instruction.Atomic(
        operator, !operator.isSimple() || dice.chance(2), width, base, (short) offset, source));
  }
}
