package dev.assay.verifier.search;

import dev.assay.graph.BackwardSlice;
import dev.assay.graph.FunctionGraph;
import dev.assay.graph.LoopFacts;
import java.util.Optional;

/**
 * What is of interest at the start of a block.
 *
 * @param component the component that the block is the head of, or −1
 * @param slice what the failed checks of an earlier search depend on, if this one goes by it
 */
record BlockInterest(
    FunctionGraph function,
    int block,
    int component,
    TestedLocations locations,
    LoopFacts loops,
    Optional<BackwardSlice> slice,
    int frameSize)
    implements Interest {

  @Override
  public int tested() {
    return locations.registersAt(block) & ~changed();
  }

  @Override
  public boolean testedCell(int index) {
    return locations.stackAt(block, index) && !changes(index, 8);
  }

  @Override
  public int relevant(boolean folded) {
    int all = slice.map(of -> of.registersAt(function, block)).orElse(0);
    return folded ? all & ~changed() : all;
  }

  @Override
  public boolean relevantCell(int index, int length, boolean folded) {
    return slice.isPresent()
        && slice.get().stackAt(function, block, index - frameSize, length)
        && !(folded && changes(index, length));
  }

  private int changed() {
    return component < 0 ? 0 : loops.modifiedRegisters(component);
  }

  private boolean changes(int index, int length) {
    return component >= 0 && loops.mayModifyStack(component, index - frameSize, length);
  }
}
