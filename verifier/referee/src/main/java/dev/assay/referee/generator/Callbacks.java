package dev.assay.referee.generator;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.util.ArrayList;
import java.util.List;

/** Functions that the platform calls: for so many rounds, or for each element of a map. They change their caller's frame. */
final class Callbacks {
  /** How many bytes of the caller's frame they get. */
  private static final int ROOM = 16;

  private static final int MOST = 3;

  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final Statements statements;
  private final List<Callback> callbacks = new ArrayList<>();

  Callbacks(Draft draft, Numbers numbers, Indexing indexing, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.statements = statements;
  }

  /**
   * A function to be written.
   *
   * @param map the map whose elements it gets, or {@link #ROUNDS}
   */
  private record Callback(int label, int map) {}

  private static final int ROUNDS = -1;

  void call(int depth) {
    if (draft.level() > 0 || depth > 0 || callbacks.size() >= MOST) {
      return;
    }
    boolean rounds = dice.chance(2);
    if (!draft.facts().mayCall(rounds ? Helper.LOOP : Helper.FOR_EACH_MAP_ELEM)) {
      return;
    }
    Callback callback =
        new Callback(draft.label(), rounds ? ROUNDS : dice.pick(SubjectMaps.ITERABLE));
    callbacks.add(callback);
    draft.fill(-ROOM, 0);
    if (rounds && dice.chance(3)) {
      draft.copy(Register.R1, draft.number());
      numbers.limit(Register.R1, 31);
    } else if (rounds) {
      draft.set(Register.R1, dice.below(20));
    } else {
      draft.map(Register.R1, callback.map);
    }
    draft.addressOf(Register.R2, callback.label);
    draft.frame(Register.R3, -ROOM);
    draft.set(Register.R4, 0);
    draft.helper(rounds ? Helper.LOOP : Helper.FOR_EACH_MAP_ELEM);
    if (dice.chance(2)) {
      Register into = draft.scratch();
      draft.load(into, Register.R10, dice.chance(2) ? -16 : -8, 8, false);
      indexing.use(into);
    }
  }

  void write() {
    for (int i = 0; i < callbacks.size(); i++) {
      write(callbacks.get(i));
    }
  }

  private void write(Callback callback) {
    draft.begin(callback.label, 1);
    draft.permitMoves(false);
    Register context;
    if (callback.map == ROUNDS) {
      draft.define(Register.R1);
      context = Register.R2;
    } else {
      draft.hold(
          Register.R2,
          new Holding.Memory(Holding.Room.KEY, SubjectMaps.at(callback.map).keySize(), false));
      draft.hold(
          Register.R3,
          new Holding.Memory(Holding.Room.VALUE, SubjectMaps.at(callback.map).valueSize(), false));
      context = Register.R4;
    }
    draft.hold(context, new Holding.Memory(Holding.Room.FRAME, ROOM, false));
    Register number = Register.R5;
    draft.load(number, context, 0, 8, false);
    for (int i = dice.below(3); i > 0; i--) {
      switch (dice.below(3)) {
        case 0 -> draft.binary(ArithmeticOperator.ADD, dice.width(), number, dice.below(4));
        case 1 -> numbers.mask(number);
        default ->
          draft.binary(
              dice.pick(new ArithmeticOperator[] {
                ArithmeticOperator.XOR, ArithmeticOperator.OR, ArithmeticOperator.SUB
              }),
              Width.W64,
              number,
              dice.constant());
      }
    }
    if (!dice.chance(4)) {
      draft.store(context, dice.chance(3) ? 8 : 0, 8, draft.number());
    }
    if (dice.chance(2)) {
      indexing.throughPointer();
    }
    if (dice.chance(2)) {
      indexing.use(draft.number());
    }
    statements.some(dice.below(2), Statements.MOST_DEPTH);
    draft.set(Register.R0, dice.chance(3) ? 1 : 0);
    draft.add(new Instruction.Exit());
    draft.bind(draft.exit());
    draft.set(Register.R0, dice.below(2));
    draft.add(new Instruction.Exit());
  }
}
