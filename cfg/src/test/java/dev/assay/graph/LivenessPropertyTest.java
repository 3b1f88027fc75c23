package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Code;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Register;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class LivenessPropertyTest {
  private static final int FRAME_SIZE = 24;

  /** What the helpers of {@link RandomPrograms} do. */
  private static final CallEffects EFFECTS = new CallEffects() {
    @Override
    public int argumentsRead(CallSite site) {
      return 0b110;
    }

    @Override
    public List<Access> accesses(CallSite site) {
      OptionalInt size = OptionalInt.of(((CallHelper) site.call()).helper());
      return List.of(
          new Access(Register.R1, size, true, Writing.NEVER),
          new Access(Register.R2, size, false, Writing.ALWAYS));
    }

    @Override
    public boolean mayReturnArgument(CallSite site) {
      return ((CallHelper) site.call()).helper() % 2 == 1;
    }
  };

  @Property(tries = 4000)
  void whatARunReadsWasLiveSinceItWasWritten(@ForAll long seed) throws Exception {
    Code code = new RandomPrograms(seed).program(true);
    Liveness liveness = Liveness.of(ControlFlowGraph.of(code), EFFECTS, FRAME_SIZE);
    for (int run = 0; run < 10; run++) {
      RandomRun walk = new RandomRun(code, FRAME_SIZE, seed + run);
      walk.run(40);
      for (int step = 0; step < walk.steps.size(); step++) {
        checkReads(code, liveness, walk.steps, step);
      }
    }
  }

  private static void checkReads(
      Code code, Liveness liveness, List<RandomRun.Step> steps, int reader) {
    for (int offset = -FRAME_SIZE; offset < 0; offset++) {
      if (steps.get(reader).reads().get(offset + FRAME_SIZE)) {
        for (int step = reader;
            step == reader || (step >= 0 && !steps.get(step).writes().get(offset + FRAME_SIZE));
            step--) {
          int slot = steps.get(step).slot();
          int readBy = steps.get(reader).slot();
          int at = offset;
          assertTrue(
              liveness.isLive(slot, offset),
              () -> "byte " + at + ", read at slot " + readBy + ", is dead at " + slot + " of\n"
                  + Disassembler.listing(code));
        }
      }
    }
  }

  @Property(tries = 2000)
  void withConstantOffsetsAByteIsLiveExactlyIfAPathReadsItFirst(@ForAll long seed)
      throws Exception {
    Code code = new RandomPrograms(seed).program(false);
    FunctionGraph function = ControlFlowGraph.of(code).entry();
    Liveness liveness = Liveness.of(ControlFlowGraph.of(code), EFFECTS, FRAME_SIZE);
    for (int slot = 0; slot < code.size(); slot++) {
      if (function.blockAt(slot) >= 0) {
        for (int offset = -FRAME_SIZE; offset < 0; offset++) {
          int from = slot;
          int at = offset;
          assertEquals(
              mayBeReadFirst(function, slot, offset),
              liveness.isLive(slot, offset),
              () -> "byte " + at + " at slot " + from + " of\n" + Disassembler.listing(code));
        }
      }
    }
  }

  private static boolean mayBeReadFirst(FunctionGraph function, int start, int offset) {
    BitSet seen = new BitSet();
    Deque<Integer> pending = new ArrayDeque<>(List.of(start));
    while (!pending.isEmpty()) {
      int slot = pending.remove();
      if (seen.get(slot)) {
        continue;
      }
      seen.set(slot);
      Instruction instruction = function.code().at(slot);
      if (instruction instanceof Load load && covers(load.offset(), load.size().bytes(), offset)) {
        return true;
      }
      if (instruction instanceof Store store
          && covers(store.offset(), store.size().bytes(), offset)) {
        continue;
      }
      int block = function.blockAt(slot);
      if (slot < function.lastSlot(block)) {
        pending.add(slot + 1);
      } else {
        function.successors(block).stream().map(function::firstSlot).forEach(pending::add);
      }
    }
    return false;
  }

  private static boolean covers(int from, int size, int offset) {
    return offset >= from && offset < from + size;
  }
}
