package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.object.BpfProgram;
import dev.assay.object.Subprogram;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ControlFlowGraphTest {

  private static ControlFlowGraph graph(String assembly) throws MalformedGraphException {
    return ControlFlowGraph.of(Assembler.assemble(assembly));
  }

  private static List<Edge> edges(FunctionGraph function) {
    return IntStream.range(0, function.blocks().edgeCount())
        .mapToObj(function::edge)
        .toList();
  }

  @Test
  void branchesAndTheirTargetsEndBlocks() throws Exception {
    FunctionGraph function = graph("""
          r0 = 0
          if r1 == 0 goto done
          r0 = 1
          goto done
        done:
          exit
        """).entry();
    assertEquals(
        List.of(new Block(0, 0, 1), new Block(1, 2, 3), new Block(2, 4, 4)), blocks(function));
    assertEquals(
        List.of(
            new Edge(0, 1, EdgeKind.NOT_TAKEN),
            new Edge(0, 2, EdgeKind.TAKEN),
            new Edge(1, 2, EdgeKind.JUMP)),
        edges(function));
    assertEquals(IntSequence.of(0, 1), function.predecessors(2));
    assertEquals(IntSequence.of(2), function.exitBlocks());
  }

  private static List<Block> blocks(FunctionGraph function) {
    return IntStream.range(0, function.blockCount()).mapToObj(function::block).toList();
  }

  @Test
  void aBlockBeforeAJoinFallsThrough() throws Exception {
    FunctionGraph function = graph("""
          if r1 == 0 goto join
          r0 = 1
        join:
          exit
        """).entry();
    assertEquals(new Edge(1, 2, EdgeKind.FALL_THROUGH), edges(function).getLast());
  }

  @Test
  void callsAreWithinBlocks() throws Exception {
    FunctionGraph function = graph("""
          call 7
          call 5
          exit
        """).entry();
    assertEquals(List.of(new Block(0, 0, 2)), blocks(function));
    assertEquals(IntSequence.of(0, 1), function.callSlots());
  }

  @Test
  void mayGotoBranchesBothWays() throws Exception {
    FunctionGraph function = graph("""
        loop:
          r0 = 0
          may_goto done
          goto loop
        done:
          exit
        """).entry();
    assertEquals(
        List.of(EdgeKind.NOT_TAKEN, EdgeKind.TAKEN, EdgeKind.JUMP),
        edges(function).stream().map(Edge::kind).toList());
    assertEquals(IntSequence.of(1, 2), function.successors(0));
  }

  @Test
  void aJumpToTheNextInstructionHasTwoParallelEdges() throws Exception {
    FunctionGraph function = graph("""
          r0 = 0
          if r0 == 0 goto +0
          exit
        """).entry();
    assertEquals(IntSequence.of(1, 1), function.successors(0));
    assertEquals(IntSequence.of(0, 0), function.predecessors(1));
  }

  @Test
  void deadCodeIsInNoBlock() throws Exception {
    FunctionGraph function = graph("""
          r0 = 0
          exit
          r1 = 7 ll
          goto -1
        """).entry();
    assertEquals(1, function.blockCount());
    assertEquals(IntSequence.of(2, 4), function.deadSlots());
    assertEquals(-1, function.blockAt(2));
  }

  @Test
  void aWideImmediateTakesTwoSlotsOfItsBlock() throws Exception {
    FunctionGraph function = graph("""
          r1 = 7 ll
          if r1 == 7 goto +0
          r1 = 8 ll
          r0 = 0
          exit
        """).entry();
    assertEquals(List.of(new Block(0, 0, 2), new Block(1, 3, 6)), blocks(function));
    assertEquals(1, function.blockAt(3));
    assertEquals(-1, function.blockAt(4));
  }

  @Test
  void blocksAreInReversePostOrder() throws Exception {
    FunctionGraph function = graph("""
          goto second
        last:
          exit
        second:
          goto last
        """).entry();
    assertEquals(
        List.of(new Block(0, 0, 0), new Block(1, 2, 2), new Block(2, 1, 1)), blocks(function));
  }

  @Test
  void functionsStartAtCallTargetsAndCodeAddresses() throws Exception {
    ControlFlowGraph graph = graph("""
          call callee
          r2 = code_addr(callback) ll
          call 181
          exit
        callee:
          r0 = 1
          exit
        callback:
          r0 = 0
          exit
        """);
    assertEquals(
        List.of(0, 5, 7),
        graph.functions().stream().map(FunctionGraph::entrySlot).toList());
    assertEquals(
        List.of(5, 7, 9), graph.functions().stream().map(FunctionGraph::endSlot).toList());
    assertEquals(IntSequence.of(1), graph.calls().callees(0));
    assertEquals(IntSequence.of(2), graph.calls().references(0));
    assertEquals(graph.functions().get(1), graph.functionAt(6));
  }

  @Test
  void subprogramsNameAndBoundFunctions() throws Exception {
    Code code = Assembler.assemble("""
          call callee
          exit
        callee:
          r0 = 1
          exit
        """);
    ControlFlowGraph graph = ControlFlowGraph.of(program(
        code, new Subprogram("start", 0, 2, true, 0), new Subprogram("callee", 2, 2, false, 0)));
    assertEquals(
        List.of("start", "callee"),
        graph.functions().stream().map(FunctionGraph::name).toList());
  }

  private static BpfProgram program(Code code, Subprogram... subprograms) {
    return new BpfProgram(
        "test",
        "start",
        code,
        List.of(subprograms),
        Map.of(),
        Map.of(),
        Collections.emptyNavigableMap());
  }

  @Test
  void aFunctionEndsWithItsSubprogramEvenIfNoneFollows() {
    Code code = Assembler.assemble("""
          r0 = 0
          r1 = 0
          exit
        """);
    MalformedGraphException error = assertThrows(
        MalformedGraphException.class,
        () -> ControlFlowGraph.of(program(code, new Subprogram("start", 0, 1, true, 0))));
    assertEquals(0, error.slot());
  }

  @Test
  void runningPastTheEndNamesTheLastSlot() {
    MalformedGraphException error = assertThrows(MalformedGraphException.class, () -> graph("""
          r0 = 0
          r1 = 7 ll
        """));
    assertEquals(1, error.slot());
    assertEquals(
        "slot 1: control runs past the end of the code; end it with exit or goto",
        error.getMessage());
  }

  @Test
  void runningIntoTheNextFunctionIsAnError() {
    MalformedGraphException error = assertThrows(MalformedGraphException.class, () -> graph("""
          call callee
          r0 = 0
        callee:
          exit
        """));
    assertEquals(1, error.slot());
    assertTrue(error.getMessage().contains("slot 2 of function at slot 2"), error.getMessage());
  }

  @Test
  void aJumpIntoAnotherFunctionNamesBothSlots() {
    MalformedGraphException error = assertThrows(MalformedGraphException.class, () -> graph("""
          call callee
          goto inside
        callee:
          r0 = 0
        inside:
          exit
        """));
    assertEquals(1, error.slot());
    assertTrue(
        error.getMessage().startsWith("slot 1: jumps from function at slot 0 to slot 3"),
        error.getMessage());
  }

  @Test
  void aJumpOutOfTheCodeIsAnError() {
    Code code = Code.of(List.of(new Instruction.Jump(5, false)));
    assertEquals(
        0,
        assertThrows(MalformedGraphException.class, () -> ControlFlowGraph.of(code))
            .slot());
  }

  @Test
  void deadCodeMayRunPastTheEnd() throws Exception {
    assertEquals(IntSequence.of(2), graph("""
          r0 = 0
          exit
          r0 = 1
        """).entry().deadSlots());
  }

  @Test
  void aChainOfAHundredThousandBlocksIsNoProblem() throws Exception {
    Instruction branch = new Instruction.ConditionalJump(
        dev.assay.isa.Comparison.EQ, dev.assay.isa.Width.W64, Register.R1, Operand.of(0), (short)
            0);
    List<Instruction> instructions =
        new java.util.ArrayList<>(Collections.nCopies(100_000, branch));
    instructions.add(new Instruction.Exit());
    FunctionGraph function = ControlFlowGraph.of(Code.of(instructions)).entry();
    assertEquals(100_001, function.blockCount());
    assertEquals(0, WeakTopologicalOrder.of(function).componentCount());
  }
}
