package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.graph.LoopFacts.Threshold;
import dev.assay.isa.AccessSize;
import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class LoopFactsTest {

  private static LoopFacts facts(String assembly) throws MalformedGraphException {
    ControlFlowGraph graph = ControlFlowGraph.of(Assembler.assemble(assembly));
    FunctionGraph entry = graph.entry();
    return LoopFacts.of(
        entry, WeakTopologicalOrder.of(entry), Liveness.of(graph, CallEffects.conservative()));
  }

  @Test
  void aLoopModifiesWhatItsInstructionsWrite() throws Exception {
    LoopFacts facts = facts("""
          r0 = 0
          r6 = 5
        loop:
          r0 += 1
          *(u32 *)(r10 - 8) = r6
          if r0 < 9 goto loop
          r7 = 0
          exit
        """);
    assertEquals(1, facts.modifiedRegisters(0));
    assertTrue(facts.mayModifyStack(0, -8, 4));
    assertFalse(facts.mayModifyStack(0, -4, 4));
    assertEquals(1, facts.comparedRegisters(0));
  }

  @Test
  void anOuterLoopModifiesWhatAnInnerOneDoes() throws Exception {
    LoopFacts facts = facts("""
          r0 = 0
        outer:
          r1 = 0
        inner:
          r1 += 1
          *(u8 *)(r10 - 1) = 0
          if r1 < 5 goto inner
          r0 += 1
          if r0 < 9 goto outer
          exit
        """);
    assertEquals(0b11, facts.modifiedRegisters(0));
    assertEquals(0b10, facts.modifiedRegisters(1));
    assertTrue(facts.mayModifyStack(0, -1, 1));
    assertEquals(
        List.of(new Threshold(5, Width.W64, false), new Threshold(9, Width.W64, false)),
        facts.thresholds(0));
    assertEquals(List.of(new Threshold(5, Width.W64, false)), facts.thresholds(1));
  }

  @Test
  void aBoundInARegisterIsAThresholdToo() throws Exception {
    LoopFacts facts = facts("""
          r0 = 0
          r6 = 1000000000000 ll
          w7 = -2
        loop:
          r0 += 1
          if w7 s> w0 goto loop
          if r0 < r6 goto loop
          exit
        """);
    assertEquals(
        List.of(
            new Threshold(-2, Width.W32, true),
            new Threshold(1_000_000_000_000L, Width.W64, false)),
        facts.thresholds(0));
  }

  @Test
  void aCallMayModifyWhatItsArgumentsReach() throws Exception {
    LoopFacts facts = facts("""
        loop:
          r1 = r10
          r1 += -16
          call 1
          if r0 != 0 goto loop
          exit
        """);
    assertTrue(facts.mayModifyStack(0, -16, 1));
    assertFalse(facts.mayModifyStack(0, -512, 496));
    assertEquals(0b11_1111, facts.modifiedRegisters(0));
  }

  @Test
  void aNestOfTenThousandLoopsIsNoProblem() throws Exception {
    int depth = 10_000;
    List<Instruction> instructions = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      instructions.add(new Instruction.Store(
          Register.R10, (short) (-1 - i % 512), AccessSize.BYTE, Operand.of(0)));
    }
    for (int i = depth - 1; i >= 0; i--) {
      short back = (short) (i - 2 * depth + i);
      instructions.add(new Instruction.ConditionalJump(
          Comparison.NE, Width.W64, Register.R1, Operand.of(i), back));
    }
    instructions.add(new Instruction.Exit());
    ControlFlowGraph graph = ControlFlowGraph.of(Code.of(instructions));
    FunctionGraph entry = graph.entry();
    WeakTopologicalOrder order = WeakTopologicalOrder.of(entry);
    assertTimeout(Duration.ofSeconds(20), () -> {
      Liveness liveness = Liveness.of(graph, CallEffects.conservative());
      LoopFacts facts = LoopFacts.of(entry, order, liveness);
      assertEquals(depth, order.componentCount());
      for (int component = 0; component < depth; component++) {
        assertEquals(
            1, facts.thresholds(component).stream().filter(depth(component)).count());
      }
      assertTrue(facts.mayModifyStack(0, -512, 1));
      assertFalse(facts.mayModifyStack(depth - 1, -512, 1));
    });
  }

  private static Predicate<Threshold> depth(int component) {
    return threshold -> threshold.value() == component;
  }
}
