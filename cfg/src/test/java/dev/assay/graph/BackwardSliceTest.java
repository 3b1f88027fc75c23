package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BackwardSliceTest {
  private static final int FRAME_SIZE = 64;

  private static final CallEffects EFFECTS = new CallEffects() {
    @Override
    public int argumentsRead(CallSite site) {
      return 0b110;
    }

    @Override
    public List<Access> accesses(CallSite site) {
      return List.of(new Access(Register.R1, OptionalInt.of(1), true, Writing.NEVER));
    }

    @Override
    public boolean mayReturnArgument(CallSite site) {
      return false;
    }
  };

  private static BackwardSlice slice(ControlFlowGraph graph, int slot) {
    BitSet slots = new BitSet();
    slots.set(slot);
    return BackwardSlice.of(graph, Liveness.of(graph, EFFECTS, FRAME_SIZE), slots);
  }

  /**
   * Values that flow without regard to what jumps decide, instruction by instruction: the slice has at least these, or what a failed check was computed from is not
   * kept apart.
   */
  @Property(tries = 2000)
  void hasWhateverFlowsIntoTheCriterion(@ForAll long seed) throws Exception {
    Code code = new RandomPrograms(seed).program(false);
    ControlFlowGraph graph = ControlFlowGraph.of(code);
    FunctionGraph function = graph.entry();
    for (int slot = 0; slot < code.size(); slot++) {
      if (function.blockAt(slot) >= 0) {
        BackwardSlice slice = slice(graph, slot);
        int[] flows = flows(function, slot);
        for (int block = 0; block < function.blockCount(); block++) {
          int missing = flows[function.firstSlot(block)] & ~slice.registersAt(function, block);
          int at = block;
          int criterion = slot;
          assertTrue(
              missing == 0,
              () -> "registers " + Integer.toBinaryString(missing) + " at block " + at + " for "
                  + criterion + " of\n" + Disassembler.listing(code));
        }
      }
    }
  }

  /** By slot: the registers whose word before it flows into what the criterion reads through registers alone. */
  private static int[] flows(FunctionGraph function, int criterion) {
    int[] before = new int[function.code().size()];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int block = 0; block < function.blockCount(); block++) {
        for (int slot = function.lastSlot(block); slot >= function.firstSlot(block); slot--) {
          int after = 0;
          if (slot < function.lastSlot(block)) {
            after = before[slot + 1];
          } else {
            IntSequence successors = function.successors(block);
            for (int i = 0; i < successors.size(); i++) {
              after |= before[function.firstSlot(successors.at(i))];
            }
          }
          Instruction instruction = function.code().at(slot);
          int written = RegisterEffects.writes(instruction);
          int now = after & ~written;
          if (slot == criterion || (after & written) != 0) {
            now |= RegisterEffects.reads(instruction);
          }
          changed |= now != before[slot];
          before[slot] = now;
        }
      }
    }
    return before;
  }

  /** Each jump tests what the one before it decided. */
  private static Code chain(int links) {
    List<Instruction> instructions = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      Register tested = i % 2 == 0 ? Register.R1 : Register.R2;
      Register decided = i % 2 == 0 ? Register.R2 : Register.R1;
      instructions.add(
          new Instruction.Binary(ArithmeticOperator.MOV, Width.W64, decided, Operand.of(0)));
      instructions.add(new Instruction.ConditionalJump(
          Comparison.EQ, Width.W64, tested, Operand.of(0), (short) 1));
      instructions.add(
          new Instruction.Binary(ArithmeticOperator.MOV, Width.W64, decided, Operand.of(1)));
    }
    instructions.add(new Instruction.Store(
        links % 2 == 0 ? Register.R1 : Register.R2, (short) 0, AccessSize.BYTE, Operand.of(0)));
    instructions.add(new Instruction.Exit());
    return Code.of(instructions);
  }

  @Test
  void followsJumpsThatDecideOneAnother() throws Exception {
    Code code = chain(10);
    ControlFlowGraph graph = ControlFlowGraph.of(code);
    BackwardSlice slice = slice(graph, code.size() - 2);
    assertTrue((slice.registersAt(graph.entry(), 0) & 0b10) != 0);
  }

  @Test
  void endsSoonOnALongChainOfDecisions() throws Exception {
    Code code = chain(50_000);
    ControlFlowGraph graph = ControlFlowGraph.of(code);
    Liveness liveness = Liveness.of(graph, EFFECTS, FRAME_SIZE);
    BitSet slots = new BitSet();
    slots.set(code.size() - 2);
    assertTimeout(Duration.ofSeconds(20), () -> BackwardSlice.of(graph, liveness, slots));
  }
}
