package dev.assay.graph;

import dev.assay.isa.Code;
import dev.assay.isa.CodeStructure;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.MayGoto;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Finds the basic blocks of one function: what its entry reaches, cut at jumps and their targets. */
final class BlockFinder {
  final Code code;
  final int entry;
  final int end;

  /** Names the function that a slot belongs to, for messages. */
  private final IntFunction<String> describe;

  /** Both by slot, counted from the entry. */
  private final boolean[] reached;

  private final boolean[] leaders;
  private final IntList pending = new IntList();

  /** In order of slots. */
  private final int[] first;

  private final int[] last;

  /** For each block, by its number in reverse post-order, its place in order of slots. */
  private final int[] slotOrder;

  private final DirectedGraph blocks;

  /**
   * @param end the slot after the function's last
   * @throws MalformedGraphException if reachable control leaves the function other than by an exit
   */
  BlockFinder(Code code, int entry, int end, IntFunction<String> describe)
      throws MalformedGraphException {
    this.code = code;
    this.entry = entry;
    this.end = end;
    this.describe = describe;
    reached = new boolean[end - entry];
    leaders = new boolean[end - entry];
    reach();
    IntList firstSlots = new IntList();
    IntList lastSlots = new IntList();
    cut(firstSlots, lastSlots);
    first = firstSlots.toArray();
    last = lastSlots.toArray();
    int count = first.length;
    DirectedGraph bySlot = connect();
    DepthFirstSearch search = new DepthFirstSearch(bySlot);
    slotOrder = new int[count];
    int[] number = new int[count];
    for (int block = 0; block < count; block++) {
      slotOrder[block] = search.postOrder(count - 1 - block);
      number[slotOrder[block]] = block;
    }
    int edges = bySlot.edgeCount();
    int[] sources = new int[edges];
    int[] targets = new int[edges];
    for (int edge = 0; edge < edges; edge++) {
      sources[edge] = number[bySlot.source(edge)];
      targets[edge] = number[bySlot.target(edge)];
    }
    blocks = DirectedGraph.of(count, sources, targets);
  }

  private void reach() throws MalformedGraphException {
    lead(entry);
    while (!pending.isEmpty()) {
      int slot = pending.removeLast();
      while (slot >= 0 && !reached[slot - entry]) {
        reached[slot - entry] = true;
        slot = follow(slot);
      }
    }
  }

  /** Notes where control goes from {@code slot}, and returns where it falls through to, or −1. */
  private int follow(int slot) throws MalformedGraphException {
    Instruction instruction = code.at(slot);
    return switch (instruction) {
      case Exit _ -> -1;
      case Jump _ -> {
        lead(target(slot, instruction));
        yield -1;
      }
      case ConditionalJump _, MayGoto _ -> {
        int next = next(slot, instruction);
        lead(target(slot, instruction));
        leaders[next - entry] = true;
        yield next;
      }
      case Binary _,
          Negate _,
          ByteSwap _,
          LoadImmediate _,
          AddressSpaceCast _,
          Load _,
          Store _,
          Atomic _ -> next(slot, instruction);
      case LoadPacketAbsolute _,
          LoadPacketIndirect _,
          CallHelper _,
          CallLocal _,
          CallBtf _,
          CallRegister _ -> next(slot, instruction);
    };
  }

  private void lead(int slot) {
    leaders[slot - entry] = true;
    if (!reached[slot - entry]) {
      pending.add(slot);
    }
  }

  private int next(int slot, Instruction instruction) throws MalformedGraphException {
    int next = slot + instruction.slots();
    if (next < end) {
      return next;
    }
    if (next >= code.size()) {
      throw new MalformedGraphException(
          slot, "control runs past the end of the code; end it with exit or goto");
    }
    throw new MalformedGraphException(
        slot,
        "control runs past the end of %s to slot %d of %s; end it with exit or goto"
            .formatted(describe.apply(slot), next, describe.apply(next)));
  }

  private int target(int slot, Instruction instruction) throws MalformedGraphException {
    int target = CodeStructure.target(instruction, slot).orElseThrow();
    if (!code.startsAt(target)) {
      throw new MalformedGraphException(
          slot, "jumps to slot " + target + ", where no instruction starts");
    }
    if (target < entry || target >= end) {
      throw new MalformedGraphException(
          slot,
          "jumps from %s to slot %d of %s; only a call may enter another function"
              .formatted(describe.apply(slot), target, describe.apply(target)));
    }
    return target;
  }

  private void cut(IntList firstSlots, IntList lastSlots) {
    int previous = -1;
    for (int slot = entry; slot < end; slot++) {
      if (!reached[slot - entry]) {
        continue;
      }
      if (leaders[slot - entry]) {
        if (previous >= 0) {
          lastSlots.add(previous);
        }
        firstSlots.add(slot);
      }
      previous = slot;
    }
    lastSlots.add(previous);
  }

  private DirectedGraph connect() {
    IntList sources = new IntList();
    IntList targets = new IntList();
    for (int block = 0; block < first.length; block++) {
      Instruction terminator = code.at(last[block]);
      if (!(terminator instanceof Exit || terminator instanceof Jump)) {
        sources.add(block);
        targets.add(block + 1);
      }
      if (isJump(terminator)) {
        sources.add(block);
        targets.add(Arrays.binarySearch(
            first, CodeStructure.target(terminator, last[block]).orElseThrow()));
      }
    }
    return DirectedGraph.of(first.length, sources.toArray(), targets.toArray());
  }

  private static boolean isJump(Instruction instruction) {
    return instruction instanceof Jump
        || instruction instanceof ConditionalJump
        || instruction instanceof MayGoto;
  }

  /** The shape, blocks in reverse post-order. */
  DirectedGraph blocks() {
    return blocks;
  }

  EdgeKind[] edgeKinds() {
    EdgeKind[] kinds = new EdgeKind[blocks.edgeCount()];
    for (int block = 0; block < slotOrder.length; block++) {
      int edge = blocks.firstOutgoing(block);
      Instruction terminator = code.at(last[slotOrder[block]]);
      if (terminator instanceof ConditionalJump || terminator instanceof MayGoto) {
        kinds[edge] = EdgeKind.NOT_TAKEN;
        kinds[edge + 1] = EdgeKind.TAKEN;
      } else if (!(terminator instanceof Exit)) {
        kinds[edge] = terminator instanceof Jump ? EdgeKind.JUMP : EdgeKind.FALL_THROUGH;
      }
    }
    return kinds;
  }

  int[] firstSlots() {
    return Arrays.stream(slotOrder).map(block -> first[block]).toArray();
  }

  int[] lastSlots() {
    return Arrays.stream(slotOrder).map(block -> last[block]).toArray();
  }
}
