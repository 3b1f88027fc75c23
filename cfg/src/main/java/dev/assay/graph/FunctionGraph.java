package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.Exit;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The basic blocks of one function and the edges between them. Blocks that no path from the entry reaches are left out.
 * Blocks are 0 to {@code blockCount() - 1} in reverse post-order, the entry is 0; edges are numbered as in {@link
 * #blocks()}. Slots are those of the whole program. Immutable.
 */
public final class FunctionGraph {
  private static final int NONE = -1;

  private final Code code;
  private final int index;
  private final String name;
  private final int entrySlot;
  private final int endSlot;
  private final DirectedGraph blocks;
  private final EdgeKind[] edgeKinds;
  private final int[] firstSlots;
  private final int[] lastSlots;
  private final int[] blockAt;
  private final IntSequence exitBlocks;
  private final IntSequence callSlots;
  private final IntSequence deadSlots;

  FunctionGraph(BlockFinder finder, int index, String name) {
    this.code = finder.code;
    this.index = index;
    this.name = name;
    entrySlot = finder.entry;
    endSlot = finder.end;
    blocks = finder.blocks();
    edgeKinds = finder.edgeKinds();
    firstSlots = finder.firstSlots();
    lastSlots = finder.lastSlots();
    blockAt = new int[endSlot - entrySlot];
    Arrays.fill(blockAt, NONE);
    for (int block = 0; block < firstSlots.length; block++) {
      for (int slot = firstSlots[block]; slot <= lastSlots[block]; slot++) {
        blockAt[slot - entrySlot] = code.startsAt(slot) ? block : NONE;
      }
    }
    exitBlocks = sequence(
        IntStream.range(0, firstSlots.length).filter(block -> terminator(block) instanceof Exit));
    callSlots = sequence(IntStream.range(entrySlot, endSlot)
        .filter(slot -> blockAt(slot) != NONE && isCall(code.at(slot))));
    deadSlots = sequence(IntStream.range(entrySlot, endSlot)
        .filter(slot -> code.startsAt(slot) && blockAt(slot) == NONE));
  }

  private static IntSequence sequence(IntStream values) {
    return IntSequence.view(values.toArray());
  }

  /** Whether {@code instruction} calls anything. */
  static boolean isCall(Instruction instruction) {
    return instruction instanceof CallHelper
        || instruction instanceof CallLocal
        || instruction instanceof CallBtf
        || instruction instanceof CallRegister;
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
    return blocks;
  }

  /** The number of blocks, at least 1. */
  public int blockCount() {
    return firstSlots.length;
  }

  /** The block numbered {@code index}. */
  public Block block(int index) {
    return new Block(index, firstSlot(index), lastSlot(index));
  }

  /** The slot of the first instruction of {@code block}. */
  public int firstSlot(int block) {
    return firstSlots[block];
  }

  /** The slot of the last instruction of {@code block}. */
  public int lastSlot(int block) {
    return lastSlots[block];
  }

  /** The last instruction of {@code block}. */
  public Instruction terminator(int block) {
    return code.at(lastSlot(block));
  }

  /** The block that the instruction at {@code slot} belongs to, or −1 if it is dead or not of this function. */
  public int blockAt(int slot) {
    return slot < entrySlot || slot >= endSlot ? NONE : blockAt[slot - entrySlot];
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
    return edgeKinds[edge];
  }

  /** The blocks that end with an exit, ascending. */
  public IntSequence exitBlocks() {
    return exitBlocks;
  }

  /** The slots of live calls of every sort (helper, local, by BTF id, by register), ascending. */
  public IntSequence callSlots() {
    return callSlots;
  }

  /** The slots at which an instruction of this function starts that no path from its entry reaches, ascending. */
  public IntSequence deadSlots() {
    return deadSlots;
  }
}
