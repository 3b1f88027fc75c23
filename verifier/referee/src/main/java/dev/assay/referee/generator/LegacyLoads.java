package dev.assay.referee.generator;

import dev.assay.isa.AccessSize;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;

/** The deprecated packet loads, which end the program where the packet ends. */
final class LegacyLoads {
  private final Draft draft;
  private final Dice dice;

  LegacyLoads(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  void load() {
    boolean legal = draft.facts().kind().legacyPacketAccess()
        && draft.hasContext()
        && draft.level() == 0
        && draft.mayLeave();
    if (!legal) {
      return;
    }
    AccessSize size = AccessSize.values()[dice.below(3)];
    int offset = dice.chance(6) ? dice.constant() : dice.below(40);
    if (dice.chance(2)) {
      draft.add(new Instruction.LoadPacketAbsolute(size, offset));
    } else {
      draft.add(new Instruction.LoadPacketIndirect(size, draft.number(), offset));
    }
    draft.clobber();
    draft.define(Register.R0);
  }
}
