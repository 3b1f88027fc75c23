package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/** A value with a lock in it: between locking and unlocking it is read and written, and nothing is called. */
final class Locks {
  private final Draft draft;
  private final Dice dice;

  Locks(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  void critical() {
    if (!draft.facts().kind().locks()
        || !draft.facts().mayCall(Helper.SPIN_LOCK)
        || draft.knows().of(Register.R9) == Holding.Plain.COUNTER) {
      return;
    }
    Lookups.call(draft, SubjectMaps.LOCKED);
    draft.move(Register.R9, Register.R0);
    draft.undefine(Register.R0);
    draft.undefine(Register.R9);
    int skip = draft.label();
    if (!dice.slip(8)) {
      Tests.ifNull(draft, Register.R9, skip);
    }
    draft.unless(skip, () -> {
      lock(Helper.SPIN_LOCK);
      int behind = SubjectMaps.LOCK_OFFSET + SubjectMaps.LOCK_SIZE;
      for (int i = dice.below(4); i > 0; i--) {
        int size = dice.size();
        int offset = dice.slip(8)
            ? dice.below(behind)
            : behind
                + dice.below(SubjectMaps.at(SubjectMaps.LOCKED).valueSize() - behind - size + 1);
        if (dice.chance(2)) {
          draft.load(draft.scratch(), Register.R9, offset, size, false);
        } else {
          draft.store(Register.R9, offset, size, draft.number());
        }
      }
      if (!dice.slip(8)) {
        lock(Helper.SPIN_UNLOCK);
      }
    });
    draft.set(Register.R9, dice.constant());
  }

  private void lock(Helper helper) {
    draft.move(Register.R1, Register.R9);
    draft.binary(ArithmeticOperator.ADD, Width.W64, Register.R1, SubjectMaps.LOCK_OFFSET);
    draft.helper(helper);
    draft.undefine(Register.R0);
  }
}
