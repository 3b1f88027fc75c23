package dev.assay.referee.generator;

import dev.assay.isa.Register;

/** Elements of maps are put in, taken out and handed on, from the frame or from another map's value. */
final class MapChanges {
  private final Draft draft;
  private final Dice dice;

  MapChanges(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
  }

  void change() {
    switch (dice.below(4)) {
      case 0 -> delete();
      case 1 -> sequence();
      default -> update();
    }
  }

  private void delete() {
    int map = dice.pick(SubjectMaps.PLAIN);
    Lookups.key(draft, map);
    draft.map(Register.R1, map);
    draft.helper(Helper.MAP_DELETE_ELEM);
  }

  private void update() {
    int map = dice.pick(SubjectMaps.PLAIN);
    int room = (SubjectMaps.at(map).valueSize() + 7) / 8 * 8;
    boolean fromFrame = room + 8 <= Draft.FRAME && dice.chance(2);
    if (fromFrame) {
      draft.fill(-8 - room, -8);
    }
    if (dice.chance(4)) {
      draft.value(Register.R2, SubjectMaps.ARRAY, 8 * dice.below(5));
    } else {
      Lookups.key(draft, map);
    }
    if (fromFrame) {
      draft.frame(Register.R3, -8 - room);
    } else {
      int spare = 64 - room;
      draft.value(
          Register.R3, SubjectMaps.LONG_VALUE, dice.below(spare + 1) + (dice.slip(8) ? 1 : 0));
    }
    if (dice.chance(4)) {
      draft.copy(Register.R4, draft.number());
    } else {
      draft.set(Register.R4, dice.below(3));
    }
    draft.map(Register.R1, map);
    draft.helper(Helper.MAP_UPDATE_ELEM);
  }

  /** A value is pushed onto a queue or stack, or the next one looked at or taken. */
  private void sequence() {
    int map = dice.chance(2) ? SubjectMaps.QUEUE : SubjectMaps.STACK;
    int size = SubjectMaps.at(map).valueSize();
    int offset = -size - 8 * dice.below(3);
    boolean push = dice.chance(2);
    if (push) {
      draft.fill(offset, offset + size);
    }
    draft.frame(Register.R2, offset);
    draft.map(Register.R1, map);
    if (push) {
      draft.set(Register.R3, dice.chance(2) ? 0 : 2);
      draft.helper(Helper.MAP_PUSH_ELEM);
    } else {
      draft.helper(dice.chance(2) ? Helper.MAP_POP_ELEM : Helper.MAP_PEEK_ELEM);
      for (int at = offset; at < offset + size; at += 8) {
        draft.knows().setAt(at, Holding.Plain.NUMBER);
      }
    }
  }
}
