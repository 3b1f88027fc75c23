package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.object.BpfProgram;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PicturesTest {
  private static final String COUNTING = """
        r0 = 0
      loop:
        r0 += 1
        if r0 s< 9 goto loop
        if r0 & 4 goto done
        may_goto done
      done:
        exit
        exit
      """;

  private static FunctionGraph function(String name) throws MalformedGraphException {
    return ControlFlowGraph.of(BpfProgram.of("test", name, Assembler.assemble(COUNTING)))
        .entry();
  }

  @Test
  void aListingShowsBlocksLoopsConditionsAndDeadCode() throws Exception {
    StringBuilder out = new StringBuilder();
    TextListing.write(function("count"), out);
    assertEquals("""
        count: slots 0 to 6
          block 0
            0: r0 = 0
            -> block 1
          loop of block 1
            block 1
              1: r0 += 1
              2: if r0 s< 9 goto 1
              -> block 2 if r0 s>= 9
              -> block 1 if r0 s< 9
          block 2
            3: if r0 & 4 goto 5
            -> block 3 if not r0 & 4
            -> block 4 if r0 & 4
          block 3
            4: may_goto 5
            -> block 4 if loop budget left
            -> block 4 if loop budget spent
          block 4
            5: exit
          dead: 6
        """, out.toString());
  }

  @Test
  void aDotGraphHasAClusterALoop() throws Exception {
    StringBuilder out = new StringBuilder();
    DotWriter.write(function("count"), out);
    assertEquals("""
        digraph "count" {
        node [shape=box, fontname=monospace];
        b0 [label="block 0\\l0: r0 = 0\\l"];
        subgraph cluster_0 {
        label="loop of block 1";
        b1 [label="block 1\\l1: r0 += 1\\l2: if r0 s< 9 goto 1\\l"];
        }
        b2 [label="block 2\\l3: if r0 & 4 goto 5\\l"];
        b3 [label="block 3\\l4: may_goto 5\\l"];
        b4 [label="block 4\\l5: exit\\l"];
        b0 -> b1 [label=""];
        b1 -> b2 [label="r0 s>= 9"];
        b1 -> b1 [label="r0 s< 9", style=dashed];
        b2 -> b3 [label="not r0 & 4"];
        b2 -> b4 [label="r0 & 4"];
        b3 -> b4 [label="loop budget left"];
        b3 -> b4 [label="loop budget spent"];
        }
        """, out.toString());
  }

  @Test
  void aHostileNameIsQuoted() throws IOException, MalformedGraphException {
    StringBuilder out = new StringBuilder();
    DotWriter.write(function("a\"\\\n\u001b"), out);
    assertTrue(out.toString().startsWith("digraph \"a\\\"\\\\??\" {\n"));
  }
}
