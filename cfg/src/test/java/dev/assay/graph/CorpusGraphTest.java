package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import dev.assay.object.TestObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The analyses hold together on every program of a collection of real objects. */
class CorpusGraphTest {

  private static List<BpfProgram> programs() throws IOException {
    Path objects = TestObjects.shared("corpus/objects");
    assumeTrue(Files.isDirectory(objects), "no corpus beside the repository: " + objects);
    List<BpfProgram> programs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(objects)) {
      for (Path file :
          files.filter(file -> file.toString().endsWith(".o")).sorted().toList()) {
        try {
          programs.addAll(
              ObjectReader.read(Files.readAllBytes(file), ReadOptions.DEFAULT).programs());
        } catch (MalformedObjectException e) {
          // Malformed files are part of the collection; reading them is tested elsewhere.
        }
      }
    }
    return programs;
  }

  @Test
  void everyProgramHasAGraphWhoseAnalysesHoldTogether() throws Exception {
    List<BpfProgram> programs = programs();
    assertTrue(programs.size() > 500, () -> "only " + programs.size() + " programs");
    for (BpfProgram program : programs) {
      ControlFlowGraph graph = ControlFlowGraph.of(program);
      Liveness liveness = Liveness.of(graph, CallEffects.conservative());
      for (FunctionGraph function : graph.functions()) {
        checkBlocks(function);
        WeakTopologicalOrderTest.checkBourdoncle(
            function.blocks(), WeakTopologicalOrder.of(function));
        checkLiveness(function, liveness);
      }
    }
  }

  /** Each instruction is in exactly one block, or dead. */
  private static void checkBlocks(FunctionGraph function) {
    int instructions = 0;
    for (int slot = function.entrySlot(); slot < function.endSlot(); slot++) {
      instructions += function.code().startsAt(slot) ? 1 : 0;
    }
    int found = function.deadSlots().size();
    for (int block = 0; block < function.blockCount(); block++) {
      for (int slot = function.firstSlot(block); slot <= function.lastSlot(block); slot++) {
        if (function.code().startsAt(slot)) {
          assertEquals(block, function.blockAt(slot));
          found++;
        }
      }
    }
    assertEquals(instructions, found);
  }

  /** What is live at the end of a block is what is live at the start of one of its successors. */
  private static void checkLiveness(FunctionGraph function, Liveness liveness) {
    for (int block = 0; block < function.blockCount(); block++) {
      int terminator = function.lastSlot(block);
      int live = function.successors(block).stream()
          .map(successor -> liveness.registersBefore(function.firstSlot(successor)))
          .reduce(0, (left, right) -> left | right);
      int read = RegisterEffects.reads(function.code().at(terminator));
      int before = liveness.registersBefore(terminator);
      assertEquals(0, live & ~RegisterEffects.writes(function.code().at(terminator)) & ~before);
      assertEquals(read, read & before);
    }
  }
}
