package dev.assay.referee.generator;

import dev.assay.isa.Register;

/** Records of a ring buffer: reserved, filled, and handed over or given up. */
final class Records {
  private final Draft draft;
  private final Dice dice;
  private final Indexing indexing;
  private final Statements statements;

  Records(Draft draft, Indexing indexing, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.indexing = indexing;
    this.statements = statements;
  }

  void record(int depth) {
    if (!draft.facts().mayCall(Helper.RINGBUF_RESERVE)
        || draft.knows().of(Register.R9) == Holding.Plain.COUNTER) {
      return;
    }
    if (dice.chance(6)) {
      draft.map(Register.R1, SubjectMaps.RING);
      draft.set(Register.R2, dice.below(4));
      draft.helper(Helper.RINGBUF_QUERY);
      return;
    }
    int size = 8 * (1 + dice.below(4));
    draft.map(Register.R1, SubjectMaps.RING);
    draft.set(Register.R2, size);
    draft.set(Register.R3, 0);
    draft.helper(Helper.RINGBUF_RESERVE);
    Holding.Memory reserved = new Holding.Memory(Holding.Room.RECORD, size, false);
    draft.move(Register.R9, Register.R0);
    draft.hold(Register.R9, reserved);
    draft.undefine(Register.R0);
    int skip = draft.label();
    if (!dice.slip(8)) {
      Tests.ifNull(draft, Register.R9, skip);
    }
    draft.unless(
        skip,
        () -> draft.staying(() -> {
          for (int i = 1 + dice.below(2); i > 0; i--) {
            if (draft.knows().of(Register.R9).equals(reserved)) {
              indexing.inside(Register.R9, reserved);
            }
          }
          if (dice.chance(3) && depth < Statements.MOST_DEPTH) {
            // Nobody else may write to r9 now: as if a loop counted in it.
            draft.hold(Register.R9, Holding.Plain.COUNTER);
            statements.one(Statements.MOST_DEPTH);
          }
          draft.move(Register.R1, Register.R9);
          draft.set(Register.R2, dice.below(3));
          if (!dice.slip(10)) {
            draft.helper(dice.chance(2) ? Helper.RINGBUF_SUBMIT : Helper.RINGBUF_DISCARD);
            draft.undefine(Register.R0);
          }
          forget();
        }));
    draft.set(Register.R9, dice.constant());
  }

  /** Copies of the pointer may have been spilled. */
  private void forget() {
    for (int r = 0; r < 10; r++) {
      if (isRecord(draft.knows().of(Register.of(r)))) {
        draft.undefine(Register.of(r));
      }
    }
    for (int offset = -8 * Knowledge.SLOTS; offset < 0; offset += 8) {
      if (isRecord(draft.knows().at(offset))) {
        draft.knows().setAt(offset, Holding.Plain.NOTHING);
      }
    }
  }

  private static boolean isRecord(Holding holding) {
    return holding instanceof Holding.Memory memory && memory.room() == Holding.Room.RECORD;
  }
}
