package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Comparison;
import dev.assay.isa.Register;
import dev.assay.isa.Width;

/** Values of maps, found by a key, and then used. */
final class Lookups {
  private static final int KEY_ROOM = 8;

  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final FrameAccesses atomics;
  private final Statements statements;

  Lookups(
      Draft draft,
      Numbers numbers,
      Indexing indexing,
      FrameAccesses atomics,
      Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.atomics = atomics;
    this.statements = statements;
  }

  /** r2 becomes a key for a map: a small number in the frame, now and then one that is not known. */
  static void key(Draft draft, int map) {
    Dice dice = draft.dice();
    int size = SubjectMaps.at(map).keySize();
    if (dice.chance(5)) {
      draft.store(Register.R10, -KEY_ROOM, 8, draft.number());
    } else if (size == 4) {
      draft.store(Register.R10, -4, 4, dice.below(4));
    } else {
      // For a trie the first half is the length of the prefix.
      draft.store(Register.R10, -KEY_ROOM, 8, map == SubjectMaps.TRIE ? 8 : dice.below(4));
    }
    boolean whole = size == 8 || draft.knows().isNumberAt(-KEY_ROOM);
    draft.knows().setAt(-KEY_ROOM, whole ? Holding.Plain.NUMBER : Holding.Plain.NOTHING);
    draft.frame(Register.R2, -size);
  }

  /** A lookup in a map, whose result is not followed yet. */
  static void call(Draft draft, int map) {
    key(draft, map);
    draft.map(Register.R1, map);
    draft.helper(Helper.MAP_LOOKUP_ELEM);
  }

  /** r0 becomes a value of the map, or null. */
  void find(int map) {
    key(draft, map);
    draft.map(Register.R1, map);
    boolean percpu = map == SubjectMaps.PERCPU_ARRAY || map == SubjectMaps.PERCPU_HASH;
    if (percpu && dice.chance(2) && draft.facts().mayCall(Helper.MAP_LOOKUP_PERCPU_ELEM)) {
      draft.set(Register.R3, dice.below(2));
      draft.helper(Helper.MAP_LOOKUP_PERCPU_ELEM);
    } else {
      draft.helper(Helper.MAP_LOOKUP_ELEM);
    }
    draft.hold(
        Register.R0, new Holding.Memory(Holding.Room.VALUE, SubjectMaps.at(map).valueSize(), true));
  }

  void lookup(int depth) {
    int map = dice.pick(SubjectMaps.PLAIN);
    find(map);
    use(depth);
  }

  /** A map of maps: the inner map is found first. */
  void inner(int depth) {
    call(draft, SubjectMaps.ARRAY_OF_MAPS);
    draft.undefine(Register.R0);
    int skip = draft.label();
    if (!dice.slip(5)) {
      Tests.ifNull(draft, Register.R0, skip);
    }
    draft.unless(skip, () -> {
      // The key must not overwrite r0, and does not.
      draft.binary(ArithmeticOperator.MOV, Width.W64, Register.R1, Register.R0);
      draft.store(Register.R10, -4, 4, dice.below(2));
      if (!draft.knows().isNumberAt(-8)) {
        draft.knows().setAt(-8, Holding.Plain.NOTHING);
      }
      draft.frame(Register.R2, -4);
      draft.helper(Helper.MAP_LOOKUP_ELEM);
      draft.hold(
          Register.R0,
          new Holding.Memory(
              Holding.Room.VALUE, SubjectMaps.at(SubjectMaps.ARRAY).valueSize(), true));
      use(depth);
    });
  }

  /** r0 is a value or null: it is tested, and used at once, later, or both. */
  private void use(int depth) {
    if (!(draft.knows().of(Register.R0) instanceof Holding.Memory found)) {
      return;
    }
    boolean keeps = draft.knows().of(Register.R9) != Holding.Plain.COUNTER && dice.chance(2);
    Register value = keeps ? Register.R9 : Register.R0;
    if (keeps) {
      draft.move(Register.R9, Register.R0);
    }
    if (draft.mayLeave() && dice.chance(3)) {
      Tests.ifNull(draft, value, draft.exit());
      draft.hold(value, found.notNull());
      // Who tested one copy knows the other.
      draft.hold(Register.R0, found.notNull());
      touch(value, found, depth);
      return;
    }
    int skip = draft.label();
    if (!dice.slip(5)) {
      Tests.ifNull(draft, dice.chance(2) ? Register.R0 : value, skip);
    }
    draft.unless(skip, () -> {
      draft.hold(value, found.notNull());
      touch(value, found, depth);
    });
    draft.undefine(Register.R0);
    if (keeps) {
      draft.undefine(Register.R9);
      numbers.source(Register.R9);
    }
  }

  private void touch(Register value, Holding.Memory found, int depth) {
    switch (dice.below(4)) {
      case 0 -> {
        if (found.size() % 8 == 0) {
          atomics.atomic(value, 8 * dice.below(found.size() / 8), Width.W64);
        } else {
          atomics.atomic(value, 4 * dice.below(found.size() / 4), Width.W32);
        }
      }
      case 1 -> counted(value, found);
      default -> indexing.inside(value, found);
    }
    if (value == Register.R9 && dice.chance(3) && depth < Statements.MOST_DEPTH) {
      statements.one(depth + 1);
      if (draft.knows().of(value) instanceof Holding.Memory still && !still.nullable()) {
        indexing.inside(value, still);
      }
    }
  }

  /** A number in the value is tested against a bound and used as an index into it, as a ring's position is. */
  private void counted(Register value, Holding.Memory found) {
    Register position = draft.scratchOtherThan(value);
    draft.load(position, value, 0, 4, false);
    int end = draft.label();
    int most = found.size() - 5;
    draft.jumpIf(
        dice.slip(4) ? Comparison.SGT : Comparison.GT,
        dice.width(),
        position,
        most + (dice.slip(4) ? 2 : 0),
        end);
    draft.unless(end, () -> {
      draft.binary(ArithmeticOperator.ADD, Width.W64, position, value);
      draft.undefine(position);
      draft.store(position, 4, 1, dice.constant());
    });
    draft.undefine(position);
  }
}
