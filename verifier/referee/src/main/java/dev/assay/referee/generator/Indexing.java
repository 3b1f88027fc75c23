package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.List;

/** Accesses of memory: at constant offsets, and at numbers that something may be known of. */
final class Indexing {
  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;

  Indexing(Draft draft, Numbers numbers) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
  }

  /** A number as an index into a map's value, the frame, or memory that a register points to. */
  void use(Register index) {
    Register base = draft.scratchOtherThan(index);
    int size = dice.size();
    int offset;
    int room =
        switch (dice.below(6)) {
          case 0, 1 -> Draft.FRAME;
          case 2 -> 64;
          default -> 48;
        };
    // Half of the time nothing but what is known already makes the index small.
    if (dice.chance(2)) {
      numbers.limit(index, room / 2);
    }
    if (room == Draft.FRAME) {
      for (int at = -Draft.FRAME; at < 0; at += Long.BYTES) {
        if (!dice.slip(10)) {
          draft.fill(at);
        }
      }
      draft.frame(base, 0);
      offset = -Draft.FRAME;
    } else {
      draft.value(base, SubjectMaps.ARRAY, 0);
      offset = 0;
    }
    boolean down = dice.chance(16);
    draft.binary(down ? ArithmeticOperator.SUB : ArithmeticOperator.ADD, Width.W64, base, index);
    if (down) {
      offset += room / 2;
    }
    access(base, offset + dice.below(dice.chance(3) ? 20 : room / 2 - size + 1), size, true);
  }

  /** A number made small, as an index. */
  void maskedIndex() {
    Register index = draft.number();
    if (draft.knows().of(index) == Holding.Plain.NUMBER) {
      numbers.mask(index);
      use(index);
    }
  }

  /** A load, or a store of a number. */
  void access(Register base, int offset, int size, boolean writable) {
    if (!writable || dice.chance(2)) {
      Register into = dice.chance(3) && base.number() < 6 ? base : draft.scratch();
      draft.load(into, base, offset, size, size < 8 && dice.chance(3));
    } else if (dice.chance(2)) {
      draft.store(base, offset, size, draft.number());
    } else {
      draft.store(base, offset, size, dice.constant());
    }
  }

  /** An access through a pointer that was made before, in a register or spilled to the frame. */
  void throughPointer() {
    List<Register> pointers = new ArrayList<>();
    for (int r = 0; r < 10; r++) {
      if (points(draft.knows().of(Register.of(r)))) {
        pointers.add(Register.of(r));
      }
    }
    for (int offset = -8 * Knowledge.SLOTS; offset < 0; offset += 8) {
      if (points(draft.knows().at(offset)) && dice.chance(2)) {
        Register reloaded = draft.scratch();
        Holding holding = draft.knows().at(offset);
        draft.load(reloaded, Register.R10, offset, Long.BYTES, false);
        draft.hold(reloaded, holding);
        through(reloaded, holding);
        return;
      }
    }
    if (!pointers.isEmpty()) {
      Register pointer = pointers.get(dice.below(pointers.size()));
      through(pointer, draft.knows().of(pointer));
    }
  }

  private static boolean points(Holding holding) {
    return switch (holding) {
      case Holding.Memory memory -> memory.size() > 0;
      case Holding.Packet(int checked) -> checked > 0;
      case Holding.Plain _ -> false;
    };
  }

  private void through(Register pointer, Holding holding) {
    switch (holding) {
      case Holding.Memory memory -> {
        if (memory.nullable()) {
          int skip = draft.mayLeave() && dice.chance(2) ? draft.exit() : draft.label();
          Tests.ifNull(draft, pointer, skip);
          if (skip == draft.exit()) {
            draft.hold(pointer, memory.notNull());
            inside(pointer, memory);
          } else {
            draft.unless(skip, () -> inside(pointer, memory));
          }
        } else {
          inside(pointer, memory);
        }
      }
      case Holding.Packet(int checked) -> {
        int size = dice.sizeUpTo(checked);
        access(
            pointer,
            dice.below(checked - size + 1) + (dice.slip(15) ? 1 : 0),
            size,
            draft.facts().writesPacket());
      }
      case Holding.Plain _ -> {}
    }
  }

  /** An access of memory that is there. */
  void inside(Register pointer, Holding.Memory memory) {
    int size = dice.sizeUpTo(memory.size());
    int last = memory.size() - size;
    boolean writable = memory.room() != Holding.Room.KEY;
    if (dice.chance(3) && memory.size() >= 16) {
      Register index = draft.number();
      if (index == pointer) {
        return;
      }
      Register moving = draft.scratchOtherThan(index);
      numbers.limit(index, memory.size() / 2);
      draft.move(moving, pointer);
      draft.undefine(moving);
      draft.binary(ArithmeticOperator.ADD, Width.W64, moving, index);
      access(moving, dice.below(memory.size() / 2 - size + 1), size, writable);
      return;
    }
    access(pointer, dice.below(last + 1) + (dice.slip(20) ? 1 : 0), size, writable);
  }
}
