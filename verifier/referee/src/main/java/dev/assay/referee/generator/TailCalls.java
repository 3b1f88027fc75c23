package dev.assay.referee.generator;

import dev.assay.isa.Register;

/** The program starts again, or goes on if the place in the array is empty or it started again too often. */
final class TailCalls {
  private final Draft draft;
  private final Dice dice;

  TailCalls(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  void call(int depth) {
    if (draft.level() > 0 || depth > 1 || !draft.hasContext() || !draft.mayLeave()) {
      return;
    }
    if (dice.chance(3)) {
      draft.copy(Register.R3, draft.number());
    } else {
      draft.set(Register.R3, dice.below(3));
    }
    draft.move(Register.R1, Register.R6);
    draft.map(Register.R2, SubjectMaps.PROGRAMS);
    draft.helper(Helper.TAIL_CALL);
    draft.undefine(Register.R0);
    if (draft.mayMovePacket()) {
      PacketChanges.moved(draft);
    }
  }
}
