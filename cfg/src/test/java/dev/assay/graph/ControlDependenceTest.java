package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

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
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ControlDependenceTest {
  private static Instruction jumpIf(int offset) {
    return new Instruction.ConditionalJump(
        Comparison.EQ, Width.W64, Register.R1, Operand.of(0), (short) offset);
  }

  private static Instruction nothing() {
    return new Instruction.LoadImmediate(Register.R0, new dev.assay.isa.WideImmediate.Constant(0));
  }

  private static Instruction exit() {
    return new Instruction.Exit();
  }

  /** Jumps from anywhere to anywhere: loops with several entries, and loops without an exit. */
  private static Code random(long seed) {
    Random random = new Random(seed);
    int length = 3 + random.nextInt(14);
    List<Instruction> instructions = new ArrayList<>();
    for (int slot = 0; slot < length; slot++) {
      int to = random.nextInt(length + 1) - slot - 1;
      instructions.add(
          switch (random.nextInt(8)) {
            case 0 -> new Instruction.Jump(to, false);
            case 1 -> exit();
            case 2 ->
              new Instruction.Binary(
                  dev.assay.isa.ArithmeticOperator.MOV, Width.W64, Register.R0, Operand.of(0));
            default -> jumpIf(to);
          });
    }
    instructions.add(exit());
    return Code.of(instructions);
  }

  /** Whether every way from {@code from} to the end goes through {@code block}; blocks that reach no exit may end at once. */
  private static boolean postDominates(FunctionGraph function, int block, int from) {
    return from == block || !endsWithout(function, from, block);
  }

  private static boolean endsWithout(FunctionGraph function, int from, int avoided) {
    BitSet seen = reachable(function, from, avoided);
    return seen.stream()
        .anyMatch(block -> function.successors(block).isEmpty()
            || reachable(function, block, -1).stream()
                .noneMatch(b -> function.successors(b).isEmpty()));
  }

  private static BitSet reachable(FunctionGraph function, int from, int avoided) {
    BitSet seen = new BitSet();
    List<Integer> pending = new ArrayList<>(List.of(from));
    while (!pending.isEmpty()) {
      int block = pending.removeLast();
      if (block != avoided && !seen.get(block)) {
        seen.set(block);
        IntSequence successors = function.successors(block);
        for (int i = 0; i < successors.size(); i++) {
          pending.add(successors.at(i));
        }
      }
    }
    return seen;
  }

  /** The definition: some way leads to the block for certain, and the jump itself does not. */
  private static BitSet deciding(FunctionGraph function, BitSet blocks) {
    BitSet wanted = (BitSet) blocks.clone();
    BitSet result = new BitSet();
    boolean grows = true;
    while (grows) {
      grows = false;
      for (int jump = 0; jump < function.blockCount(); jump++) {
        IntSequence successors = function.successors(jump);
        for (int i = 0; i < successors.size() && successors.size() > 1; i++) {
          for (int block = 0; block < function.blockCount(); block++) {
            boolean strictly = block != jump && postDominates(function, block, jump);
            if (wanted.get(block)
                && postDominates(function, block, successors.at(i))
                && !strictly
                && !result.get(jump)) {
              result.set(jump);
              wanted.set(jump);
              grows = true;
            }
          }
        }
      }
    }
    return result;
  }

  @Property(tries = 500)
  void isWhatTheDefinitionSays(@ForAll long seed) throws Exception {
    Code code = random(seed);
    FunctionGraph function = ControlFlowGraph.of(code).entry();
    ControlDependence control = ControlDependence.of(function);
    for (int block = 0; block < function.blockCount(); block++) {
      BitSet one = new BitSet();
      one.set(block);
      int of = block;
      assertEquals(
          deciding(function, one),
          control.deciding(one),
          () -> "block " + of + " of\n" + Disassembler.listing(code));
    }
  }

  @Test
  void manyBlocksThatNeverEnd() throws Exception {
    List<Instruction> instructions = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      instructions.add(jumpIf(i % 3 == 0 ? 2 : -Math.min(i, 1000)));
    }
    instructions.add(nothing());
    instructions.add(new Instruction.Jump(-4, false));
    instructions.add(exit());
    Code code = Code.of(instructions);
    FunctionGraph function = ControlFlowGraph.of(code).entry();
    BitSet all = new BitSet();
    all.set(function.blockCount() / 2);
    assertTimeout(Duration.ofSeconds(20), () -> ControlDependence.of(function).deciding(all));
  }
}
