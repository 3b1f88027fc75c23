package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;

/**
 * The basic blocks of one function and the edges between them. Blocks that no path from the entry reaches are left out.
 * Blocks are 0 to {@code blockCount() - 1} in reverse post-order, the entry is 0; edges are numbered as in {@link
 * #blocks()}. Slots are those of the whole program. Immutable.
 */
public final class FunctionGraph {
  private final Code code;
  private final int index;
  private final String name;
  private final int entrySlot;
  private final int endSlot;

  FunctionGraph(Code code, int index, String name, int entrySlot, int endSlot) {
    this.code = code;
    this.index = index;
    this.name = name;
    this.entrySlot = entrySlot;
    this.endSlot = endSlot;
  }

  /** The function's number in {@link ControlFlowGraph#functions}. */
  public int index() {
    return index;
  }

  /** The function's symbol, or {@code function at slot N} where it is not known. */
  public String name() {
    return name;
  }

  /** The code of the whole program. */
  public Code code() {
    return code;
  }

  /** The slot of the function's first instruction. */
  public int entrySlot() {
    return entrySlot;
  }

  /** The slot after the function's last. */
  public int endSlot() {
    return endSlot;
  }

  /** The shape alone: vertices are blocks. Edges that leave a block are in the order not taken, taken. */
  public DirectedGraph blocks() {
    throw new UnsupportedOperationException();
  }

  /** The number of blocks, at least 1. */
  public int blockCount() {
    throw new UnsupportedOperationException();
  }

  /** The block numbered {@code index}. */
  public Block block(int index) {
    return new Block(index, firstSlot(index), lastSlot(index));
  }

  /** The slot of the first instruction of {@code block}. */
  public int firstSlot(int block) {
    throw new UnsupportedOperationException();
  }

  /** The slot of the last instruction of {@code block}. */
  public int lastSlot(int block) {
    throw new UnsupportedOperationException();
  }

  /** The last instruction of {@code block}. */
  public Instruction terminator(int block) {
    return code.at(lastSlot(block));
  }

  /** The block that the instruction at {@code slot} belongs to, or −1 if it is dead or not of this function. */
  public int blockAt(int slot) {
    throw new UnsupportedOperationException();
  }

  /** The blocks that control may go to from the end of {@code block}: none after an exit, else one or two. */
  public IntSequence successors(int block) {
    return blocks().successors(block);
  }

  /** The blocks that control may come from to the start of {@code block}. */
  public IntSequence predecessors(int block) {
    return blocks().predecessors(block);
  }

  /** The edge numbered {@code edge} in {@link #blocks()}. */
  public Edge edge(int edge) {
    return new Edge(blocks().source(edge), blocks().target(edge), edgeKind(edge));
  }

  /** Why control goes along {@code edge}. */
  public EdgeKind edgeKind(int edge) {
    throw new UnsupportedOperationException();
  }

  /** The blocks that end with an exit, ascending. */
  public IntSequence exitBlocks() {
    throw new UnsupportedOperationException();
  }

  /** The slots of live calls of every sort (helper, local, by BTF id, by register), ascending. */
  public IntSequence callSlots() {
    throw new UnsupportedOperationException();
  }

  /** The slots at which an instruction of this function starts that no path from its entry reaches, ascending. */
  public IntSequence deadSlots() {
    throw new UnsupportedOperationException();
  }
}
