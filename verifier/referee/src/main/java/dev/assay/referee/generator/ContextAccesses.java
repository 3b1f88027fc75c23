package dev.assay.referee.generator;

import dev.assay.isa.Register;
import dev.assay.platform.Field;
import java.util.List;

/** Numbers in the context, loaded whole or in part, and stored where that is legal. */
final class ContextAccesses {
  private final Draft draft;
  private final Dice dice;

  ContextAccesses(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  void access() {
    List<Field> fields = draft.facts().numbers();
    if (!draft.hasContext() || fields.isEmpty()) {
      return;
    }
    Field field = fields.get(dice.below(fields.size()));
    boolean write = dice.chance(3);
    int size = dice.size();
    int within = field.size() > size ? dice.below(Math.min(field.size(), 64) / size) * size : 0;
    int offset = field.offset() + within;
    if (!field.permits(offset, size, write) && !dice.slip(10)) {
      return;
    }
    if (write) {
      draft.store(Register.R6, offset, size, draft.number());
    } else {
      Register into = draft.scratch();
      draft.load(into, Register.R6, offset, size, size < 8 && dice.chance(6));
    }
  }
}
