package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallGraphTest {

  private static CallGraph calls(String assembly) throws MalformedGraphException {
    return ControlFlowGraph.of(Assembler.assemble(assembly)).calls();
  }

  @Test
  void calleesComeBeforeTheirCallers() throws Exception {
    CallGraph calls = calls("""
          call left
          call right
          exit
        left:
          call right
          exit
        right:
          r0 = 0
          exit
        """);
    assertEquals(IntSequence.of(2, 1, 0), calls.bottomUp());
    assertEquals(IntSequence.of(0, 1, 2), calls.deepestChain());
    assertEquals(IntSequence.of(0, 1), calls.callers(2));
    assertTrue(calls.recursion().isEmpty());
  }

  @Test
  void recursionIsReportedAsTheCycle() throws Exception {
    CallGraph calls = calls("""
          call a
          exit
        a:
          call b
          exit
        b:
          call a
          exit
        """);
    assertEquals(IntSequence.of(1, 2), calls.recursion());
    assertFalse(calls.isRecursive(0));
    assertTrue(calls.isRecursive(2));
    assertEquals(IntSequence.of(0, 1, 2), calls.deepestChain());
  }

  @Test
  void aFunctionThatCallsItselfIsACycleOfOne() throws Exception {
    assertEquals(IntSequence.of(1), calls("""
          call a
          exit
        a:
          call a
          exit
        """).recursion());
  }

  @Test
  void aCallbackThatNamesItselfIsNoRecursion() throws Exception {
    CallGraph calls = calls("""
          r2 = code_addr(callback) ll
          call 170
          exit
        callback:
          r2 = code_addr(callback) ll
          call 170
          exit
        """);
    assertTrue(calls.recursion().isEmpty());
    assertEquals(IntSequence.of(1), calls.references(1));
    assertEquals(2, calls.bottomUp().size());
  }

  @Test
  void callsInDeadCodeDoNotCount() throws Exception {
    assertTrue(calls("""
          r0 = 0
          exit
          call -3
          exit
        """).callees(0).isEmpty());
  }

  @Test
  void aChainOfTenThousandCallsIsNoProblem() throws Exception {
    List<Instruction> instructions = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      instructions.add(new Instruction.CallLocal(1));
      instructions.add(new Instruction.Exit());
    }
    instructions.add(new Instruction.Exit());
    CallGraph calls = ControlFlowGraph.of(Code.of(instructions)).calls();
    assertEquals(10_001, calls.deepestChain().size());
  }
}
