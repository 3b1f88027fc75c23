package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.util.List;

/** The packet grows, shrinks or moves; its bounds are mostly loaded anew. */
final class PacketChanges {
  /**
   * A helper that changes the packet.
   *
   * @param base what is added to a small number that may be negative, for the second argument
   * @param scale what the small number is multiplied with
   * @param zeros how many more arguments there are, which are 0
   */
  private record Change(Helper helper, int base, int scale, int zeros) {}

  private static final List<Change> CHANGES = List.of(
      new Change(Helper.XDP_ADJUST_HEAD, 0, 1, 0),
      new Change(Helper.XDP_ADJUST_TAIL, 0, 1, 0),
      new Change(Helper.XDP_ADJUST_META, -16, 4, 0),
      new Change(Helper.SKB_PULL_DATA, 40, 1, 0),
      new Change(Helper.SKB_CHANGE_TAIL, 50, 1, 1),
      new Change(Helper.SKB_CHANGE_HEAD, 20, 1, 1));

  private final Draft draft;
  private final Dice dice;
  private final List<Change> legal;

  PacketChanges(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
    this.legal =
        CHANGES.stream().filter(change -> draft.facts().mayCall(change.helper)).toList();
  }

  void change() {
    if (legal.isEmpty() || !draft.hasContext() || !draft.mayMovePacket()) {
      return;
    }
    Change change = legal.get(dice.below(legal.size()));
    if (dice.chance(4)) {
      draft.copy(Register.R2, draft.number());
    } else {
      draft.set(Register.R2, change.base + change.scale * (dice.below(40) - 20));
    }
    for (int i = 0; i < change.zeros; i++) {
      draft.binary(ArithmeticOperator.MOV, Width.W64, Register.of(3 + i), 0);
    }
    draft.move(Register.R1, Register.R6);
    draft.helper(change.helper);
    moved(draft);
  }

  /** After a helper that may have moved the packet. */
  static void moved(Draft draft) {
    if (draft.dice().slip(6)) {
      return;
    }
    draft.knows().forgetPacket();
    PacketAccesses.loadBounds(draft);
  }
}
