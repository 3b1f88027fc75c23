package dev.assay.referee.generator;

import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions of the program's own. Each gets two numbers, or the context and a number, and a pointer to {@link #ROOM} bytes; it may call others, in
 * chains, and returns a number, the pointer that it got, or a map's value or null.
 */
final class Functions {
  /** How many bytes r3 points to. */
  static final int ROOM = 16;

  private static final int MOST = 5;
  private static final int MOST_LEVEL = 3;

  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Indexing indexing;
  private final Lookups lookups;
  private final Statements statements;
  private final List<Function> functions = new ArrayList<>();
  private int written;

  Functions(
      Draft draft, Numbers numbers, Indexing indexing, Lookups lookups, Statements statements) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = numbers;
    this.indexing = indexing;
    this.lookups = lookups;
    this.statements = statements;
  }

  private enum Result {
    NUMBER,
    SMALL_NUMBER,
    ARGUMENT,
    VALUE
  }

  /**
   * A function to be written.
   *
   * @param level how long the longest chain of calls to it is
   * @param context whether r1 is the context, else a number
   * @param moves whether it may move the packet
   */
  private record Function(int label, int level, boolean context, boolean moves, Result result) {}

  void call() {
    if (draft.level() >= MOST_LEVEL) {
      return;
    }
    Function function = function();
    if (function.context && (!draft.hasContext() || function.moves && !draft.mayMovePacket())) {
      return;
    }
    Holding passed = pass();
    if (function.context) {
      draft.copy(Register.R2, draft.number());
      draft.move(Register.R1, Register.R6);
    } else {
      Register first = draft.number();
      draft.move(Register.R1, first);
      Register second = draft.number();
      draft.move(Register.R2, second);
    }
    draft.call(function.label);
    if (function.moves) {
      PacketChanges.moved(draft);
    }
    result(function, passed);
  }

  private Function function() {
    int level = draft.level() + 1;
    List<Function> suitable =
        functions.stream().filter(known -> known.level == level).toList();
    if (!suitable.isEmpty() && (functions.size() >= MOST || dice.chance(2))) {
      return suitable.get(dice.below(suitable.size()));
    }
    boolean context = draft.hasContext() && dice.chance(3);
    Function function = new Function(
        draft.label(),
        level,
        context,
        context && draft.mayMovePacket() && dice.chance(3),
        dice.pick(Result.values()));
    functions.add(function);
    return function;
  }

  /** r3 points to bytes of this frame, or of a map's value. */
  private Holding pass() {
    if (dice.chance(3)) {
      draft.value(Register.R3, SubjectMaps.ARRAY, 8 * dice.below(5));
      return new Holding.Memory(Holding.Room.VALUE, ROOM, false);
    }
    int offset = -ROOM - 8 * dice.below(5);
    draft.fill(offset, offset + ROOM);
    draft.frame(Register.R3, offset);
    return new Holding.Memory(Holding.Room.FRAME, ROOM, false);
  }

  private void result(Function function, Holding passed) {
    switch (function.result) {
      case NUMBER -> {}
      case SMALL_NUMBER -> {
        if (dice.chance(2)) {
          draft.move(Register.R4, Register.R0);
          indexing.use(Register.R4);
        }
      }
      case ARGUMENT -> {
        draft.hold(Register.R0, passed);
        if (dice.chance(2)) {
          indexing.access(Register.R0, dice.below(ROOM - 7), 8, true);
        }
        // Stores through it are not followed.
        if (passed instanceof Holding.Memory memory && memory.room() == Holding.Room.FRAME) {
          draft.undefine(Register.R0);
          draft.set(Register.R0, dice.constant());
        }
      }
      case VALUE -> draft.hold(Register.R0, new Holding.Memory(Holding.Room.VALUE, 48, true));
    }
  }

  /** Writes the functions that are called so far and not written yet, and those that they call. */
  void write() {
    while (written < functions.size()) {
      write(functions.get(written));
      written++;
    }
  }

  private void write(Function function) {
    draft.begin(function.label, function.level);
    draft.permitMoves(function.moves);
    draft.define(Register.R2);
    draft.hold(Register.R3, new Holding.Memory(Holding.Room.FRAME, ROOM, false));
    draft.store(Register.R10, Draft.RESULT_SLOT, 8, Register.R3);
    draft.knows().setAt(Draft.RESULT_SLOT, draft.knows().of(Register.R3));
    if (function.context) {
      draft.hold(Register.R1, Holding.Plain.CONTEXT);
      draft.move(Register.R6, Register.R1);
      PacketAccesses.loadBounds(draft);
    } else {
      draft.define(Register.R1);
    }
    numbers.source(Register.R9);
    Runnable body = () -> statements.some(1 + dice.below(4), Statements.MOST_DEPTH - 1);
    switch (function.result) {
      case NUMBER -> {
        body.run();
        draft.copy(Register.R0, draft.number());
        draft.add(new Instruction.Exit());
        leave();
      }
      case SMALL_NUMBER -> {
        body.run();
        draft.copy(Register.R0, draft.number());
        numbers.limit(Register.R0, 20);
        draft.add(new Instruction.Exit());
        leave();
      }
      case ARGUMENT -> {
        draft.staying(body);
        draft.load(Register.R0, Register.R10, Draft.RESULT_SLOT, 8, false);
        draft.add(new Instruction.Exit());
        draft.bind(draft.exit());
      }
      case VALUE -> {
        body.run();
        lookups.find(dice.chance(2) ? SubjectMaps.ARRAY : SubjectMaps.HASH);
        draft.add(new Instruction.Exit());
        draft.bind(draft.exit());
        draft.set(Register.R0, 0);
        draft.add(new Instruction.Exit());
      }
    }
  }

  private void leave() {
    draft.bind(draft.exit());
    draft.set(Register.R0, dice.below(20));
    draft.add(new Instruction.Exit());
  }
}
