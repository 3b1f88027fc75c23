package dev.assay.graph;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which conditional jumps decide whether a block runs: those from which one way leads to the block for certain and another does not (Ferrante,
 * Ottenstein and Warren, TOPLAS 1987, by post-dominators after Cooper, Harvey and Kennedy, 2001). Blocks from which no exit can be
 * reached count as if they could leave at once. Immutable.
 */
public final class ControlDependence {
  private static final int NONE = -1;

  /** Deep nests may have quadratically many dependences; beyond this many steps a block has some that are not named. */
  private static final long MOST_STEPS = 4_000_000;

  private final FunctionGraph function;

  /** By block: the block that every way from it to the end goes through next; {@link #NONE} if there is none but the end. */
  private final int[] postDominator;

  private ControlDependence(FunctionGraph function) {
    this.function = function;
    DirectedGraph reversed = reversed(function);
    int[] dominator = dominators(reversed);
    postDominator = new int[function.blockCount()];
    for (int block = 0; block < postDominator.length; block++) {
      postDominator[block] = dominator[block + 1] - 1;
    }
  }

  /** The dependences among the blocks of a function. */
  public static ControlDependence of(FunctionGraph function) {
    return new ControlDependence(function);
  }

  /** The blocks whose last instruction decides, directly or through others, whether one of {@code blocks} runs. */
  public BitSet deciding(BitSet blocks) {
    BitSet wanted = (BitSet) blocks.clone();
    BitSet deciding = new BitSet();
    long steps = 0;
    boolean grows = true;
    while (grows && steps < MOST_STEPS) {
      grows = false;
      for (int block = function.blockCount() - 1; block >= 0 && steps < MOST_STEPS; block--) {
        IntSequence successors = function.successors(block);
        if (successors.size() < 2 || deciding.get(block)) {
          continue;
        }
        for (int i = 0; i < successors.size() && !deciding.get(block); i++) {
          int at = successors.at(i);
          while (at != NONE && at != postDominator[block] && steps < MOST_STEPS) {
            steps++;
            if (wanted.get(at)) {
              deciding.set(block);
              grows |= !wanted.get(block);
              wanted.set(block);
              break;
            }
            at = postDominator[at];
          }
        }
      }
    }
    return deciding;
  }

  /** The graph with all edges turned round; vertex 0 is the end of the function, vertex b + 1 is block b. */
  private static DirectedGraph reversed(FunctionGraph function) {
    IntList sources = new IntList();
    IntList targets = new IntList();
    BitSet ending = reachingExit(function);
    for (int block = 0; block < function.blockCount(); block++) {
      IntSequence successors = function.successors(block);
      if (successors.isEmpty() || !ending.get(block)) {
        sources.add(0);
        targets.add(block + 1);
      }
      for (int i = 0; i < successors.size(); i++) {
        sources.add(successors.at(i) + 1);
        targets.add(block + 1);
      }
    }
    return DirectedGraph.of(function.blockCount() + 1, sources.toArray(), targets.toArray());
  }

  private static BitSet reachingExit(FunctionGraph function) {
    BitSet reaching = new BitSet();
    IntList work = new IntList();
    function.exitBlocks().stream().forEach(block -> {
      reaching.set(block);
      work.add(block);
    });
    for (int next = 0; next < work.size(); next++) {
      IntSequence predecessors = function.predecessors(work.at(next));
      for (int i = 0; i < predecessors.size(); i++) {
        if (!reaching.get(predecessors.at(i))) {
          reaching.set(predecessors.at(i));
          work.add(predecessors.at(i));
        }
      }
    }
    return reaching;
  }

  /** The immediate dominator of each vertex; of the root the root itself. */
  private static int[] dominators(DirectedGraph graph) {
    DepthFirstSearch search = new DepthFirstSearch(graph);
    int[] dominator = new int[graph.size()];
    Arrays.fill(dominator, NONE);
    dominator[0] = 0;
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = search.reached() - 2; i >= 0; i--) {
        int vertex = search.postOrder(i);
        IntSequence predecessors = graph.predecessors(vertex);
        int found = NONE;
        for (int p = 0; p < predecessors.size(); p++) {
          int predecessor = predecessors.at(p);
          if (dominator[predecessor] != NONE) {
            found = found == NONE ? predecessor : common(search, dominator, predecessor, found);
          }
        }
        if (dominator[vertex] != found) {
          dominator[vertex] = found;
          changed = true;
        }
      }
    }
    return dominator;
  }

  private static int common(DepthFirstSearch search, int[] dominator, int a, int b) {
    int left = a;
    int right = b;
    while (left != right) {
      while (search.number(left) < search.number(right)) {
        left = dominator[left];
      }
      while (search.number(right) < search.number(left)) {
        right = dominator[right];
      }
    }
    return left;
  }
}
