package dev.assay.referee.generator;

import dev.assay.isa.Instruction;
import dev.assay.isa.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** All that is written, each in its share; and the program's frame: entry, statements, result, and the functions that it calls. */
final class Statements {
  /** How deep statements are nested; at this depth none contains others. */
  static final int MOST_DEPTH = 3;

  private static final int MOST_STATEMENTS = 16;

  private final Draft draft;
  private final Dice dice;
  private final Numbers numbers;
  private final Functions functions;
  private final Callbacks callbacks;
  private final List<IntConsumer> table = new ArrayList<>();

  Statements(Draft draft) {
    this.draft = draft;
    this.dice = draft.dice();
    this.numbers = new Numbers(draft);
    Indexing indexing = new Indexing(draft, numbers);
    Tests tests = new Tests(draft, numbers, indexing);
    Branches branches = new Branches(draft, numbers, indexing, this);
    FrameAccesses frame = new FrameAccesses(draft);
    PacketAccesses packet = new PacketAccesses(draft, numbers, indexing, this);
    Lookups lookups = new Lookups(draft, numbers, indexing, frame, this);
    Loops loops = new Loops(draft, numbers, indexing, this);
    this.functions = new Functions(draft, numbers, indexing, lookups, this);
    this.callbacks = new Callbacks(draft, numbers, indexing, this);

    ContextAccesses context = new ContextAccesses(draft);
    PacketChanges changes = new PacketChanges(draft);
    LegacyLoads legacy = new LegacyLoads(draft);
    MapChanges maps = new MapChanges(draft);
    Locks locks = new Locks(draft);
    Areas areas = new Areas(draft, numbers);

    share(4, _ -> numbers.arithmetic());
    share(1, _ -> numbers.mask(draft.number()));
    share(1, _ -> numbers.swapBytes());
    share(1, _ -> numbers.source(draft.scratch()));

    share(3, branches::branch);
    share(1, _ -> branches.pick());
    share(1, _ -> branches.comparePointers());

    share(2, _ -> tests.copy());
    share(2, _ -> tests.bounds());
    share(3, _ -> tests.pair());
    share(2, _ -> tests.image());
    share(1, _ -> tests.remainder());
    share(2, _ -> tests.halves());

    share(1, _ -> indexing.maskedIndex());
    share(4, _ -> indexing.throughPointer());
    share(2, _ -> context.access());

    share(3, packet::atConstant);
    share(2, _ -> packet.atVariable());
    share(1, _ -> packet.length());
    share(1, packet::walk);
    share(1, _ -> packet.metadata());
    share(2, _ -> changes.change());
    share(2, _ -> legacy.load());

    share(1, _ -> frame.store());
    share(2, _ -> frame.load());
    share(2, _ -> frame.partly());
    share(2, _ -> frame.spill());
    share(1, _ -> frame.atomicInFrame());
    share(1, _ -> frame.atomicInMap());

    share(3, lookups::lookup);
    share(1, lookups::inner);
    share(2, _ -> maps.change());
    share(1, _ -> locks.critical());
    share(1, new Records(draft, indexing, this)::record);

    share(3, loops::loop);
    share(2, _ -> functions.call());
    share(2, callbacks::call);
    share(1, new TailCalls(draft)::call);
    share(4, _ -> areas.hand());
  }

  /** So many shares of all statements are of this form, which is told how deep it is nested. */
  private void share(int shares, IntConsumer form) {
    for (int i = 0; i < shares; i++) {
      table.add(form);
    }
  }

  void one(int depth) {
    table.get(dice.below(table.size())).accept(depth);
  }

  void some(int count, int depth) {
    for (int i = 0; i < count; i++) {
      one(depth);
    }
  }

  void program() {
    draft.begin(draft.label(), 0);
    draft.hold(Register.R1, Holding.Plain.CONTEXT);
    draft.move(Register.R6, Register.R1);
    PacketAccesses.loadBounds(draft);
    for (int r : new int[] {0, 2, 3, 9}) {
      numbers.source(Register.of(r));
    }
    some(2 + dice.below(MOST_STATEMENTS), 0);
    result();
    draft.bind(draft.exit());
    draft.set(Register.R0, legal());
    draft.add(new Instruction.Exit());
    functions.write();
    callbacks.write();
    // A function that only a callback calls.
    functions.write();
  }

  private void result() {
    if (draft.facts().kind().result().isPresent()) {
      draft.set(Register.R0, legal());
    } else {
      draft.copy(Register.R0, draft.number());
    }
    draft.add(new Instruction.Exit());
  }

  private int legal() {
    return draft
        .facts()
        .kind()
        .result()
        .map(range -> (int) range.min() + dice.below((int) (range.max() - range.min()) + 1))
        .orElse(dice.below(4));
  }
}
