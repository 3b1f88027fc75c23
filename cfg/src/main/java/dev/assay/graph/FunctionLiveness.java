package dev.assay.graph;

import dev.assay.isa.Code;
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
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The backward pass over one function: what is live at the start of each block, and from there on demand at each slot.
 */
final class FunctionLiveness {
  private final FunctionGraph function;
  private final FrameFlow flow;
  private final int frameSize;
  private final int words;

  /** By block. */
  private final int[] registersIn;

  /** {@code words} words a block. */
  private final long[] stackIn;

  /** By slot, counted from the function's entry. */
  private final short[] registersBefore;

  /** By block, once asked for: {@code words} words a slot of the block, what is live before it. */
  private final AtomicReferenceArray<long[]> stackBefore;

  FunctionLiveness(FunctionGraph function, FrameFlow flow, int frameSize) {
    this.function = function;
    this.flow = flow;
    this.frameSize = frameSize;
    words = FrameBytes.words(frameSize);
    int blocks = function.blockCount();
    registersIn = new int[blocks];
    stackIn = new long[blocks * words];
    stackBefore = new AtomicReferenceArray<>(blocks);
    solve();
    registersBefore = new short[function.endSlot() - function.entrySlot()];
    for (int block = 0; block < blocks; block++) {
      fillRegisters(block);
    }
  }

  /** What an instruction, or a run of them, reads first (gen) and overwrites for certain (kill). */
  private final class Effect {
    int gen;
    int kill;
    final long[] stackGen = new long[words];
    final long[] stackKill = new long[words];

    void clear() {
      gen = 0;
      kill = 0;
      Arrays.fill(stackGen, 0);
      Arrays.fill(stackKill, 0);
    }

    /** Puts the instruction at {@code slot} before what is here. */
    void prepend(int slot) {
      Instruction instruction = function.code().at(slot);
      int written = RegisterEffects.writes(instruction);
      gen = (gen & ~written) | registersRead(slot, instruction);
      kill |= written;
      switch (instruction) {
        case Load load -> read(flow.base(slot), load.offset(), load.size().bytes());
        case Store store ->
          overwrite(flow.base(slot), store.offset(), store.size().bytes());
        case Atomic atomic ->
          read(flow.base(slot), atomic.offset(), atomic.width().bytes());
        case CallHelper _, CallBtf _, CallLocal _, CallRegister _ -> {
          ResolvedCall call = flow.call(slot);
          FrameBytes.removeAll(stackGen, call.alwaysWrites());
          FrameBytes.addAll(stackKill, call.alwaysWrites());
          FrameBytes.addAll(stackGen, call.reads());
        }
        case Binary _, Negate _, ByteSwap _, LoadImmediate _, AddressSpaceCast _ -> {}
        case LoadPacketAbsolute _,
            LoadPacketIndirect _,
            Jump _,
            ConditionalJump _,
            MayGoto _,
            Exit _ -> {}
      }
    }

    private void read(long base, int offset, int size) {
      FrameBytes.addTouched(stackGen, frameSize, base, offset, size);
    }

    private void overwrite(long base, int offset, int size) {
      if (FrameValue.isExactFrame(base)) {
        FrameBytes.addTouched(stackKill, frameSize, base, offset, size);
        FrameBytes.remove(stackGen, frameSize, FrameValue.lowest(base) + offset, size);
      }
    }
  }

  private int registersRead(int slot, Instruction instruction) {
    return FunctionGraph.isCall(instruction)
        ? flow.call(slot).registersRead()
        : RegisterEffects.reads(instruction);
  }

  private void solve() {
    int blocks = function.blockCount();
    int[] gen = new int[blocks];
    int[] kill = new int[blocks];
    long[] stackGen = new long[blocks * words];
    long[] stackKill = new long[blocks * words];
    Effect effect = new Effect();
    for (int block = 0; block < blocks; block++) {
      effect.clear();
      for (int slot = function.lastSlot(block); slot >= function.firstSlot(block); slot--) {
        if (function.code().startsAt(slot)) {
          effect.prepend(slot);
        }
      }
      gen[block] = effect.gen;
      kill[block] = effect.kill;
      System.arraycopy(effect.stackGen, 0, stackGen, block * words, words);
      System.arraycopy(effect.stackKill, 0, stackKill, block * words, words);
    }
    BitSet pending = new BitSet(blocks);
    pending.set(0, blocks);
    long[] out = new long[words];
    for (int block = blocks - 1; block >= 0; block = previous(pending, block)) {
      pending.clear(block);
      int registers = gen[block] | (registersOut(block) & ~kill[block]);
      boolean changed = registers != registersIn[block];
      registersIn[block] = registers;
      stackOut(block, out);
      for (int word = 0; word < words; word++) {
        int at = block * words + word;
        long live = stackGen[at] | (out[word] & ~stackKill[at]);
        changed |= live != stackIn[at];
        stackIn[at] = live;
      }
      if (changed) {
        IntSequence predecessors = function.predecessors(block);
        for (int i = 0; i < predecessors.size(); i++) {
          pending.set(predecessors.at(i));
        }
      }
    }
  }

  private static int previous(BitSet pending, int block) {
    int previous = pending.previousSetBit(block);
    return previous >= 0 ? previous : pending.length() - 1;
  }

  private int registersOut(int block) {
    IntSequence successors = function.successors(block);
    int registers = 0;
    for (int i = 0; i < successors.size(); i++) {
      registers |= registersIn[successors.at(i)];
    }
    return registers;
  }

  private void stackOut(int block, long[] out) {
    Arrays.fill(out, 0);
    IntSequence successors = function.successors(block);
    for (int i = 0; i < successors.size(); i++) {
      int start = successors.at(i) * words;
      for (int word = 0; word < words; word++) {
        out[word] |= stackIn[start + word];
      }
    }
  }

  private void fillRegisters(int block) {
    Code code = function.code();
    int live = registersOut(block);
    for (int slot = function.lastSlot(block); slot >= function.firstSlot(block); slot--) {
      if (code.startsAt(slot)) {
        Instruction instruction = code.at(slot);
        live = (live & ~RegisterEffects.writes(instruction)) | registersRead(slot, instruction);
        registersBefore[slot - function.entrySlot()] = (short) live;
      }
    }
  }

  int registersBefore(int slot) {
    return registersBefore[slot - function.entrySlot()];
  }

  /** Whether any of {@code size} bytes from {@code offset} upward is live before {@code slot}. */
  boolean isAnyLive(int slot, int offset, int size) {
    return FrameBytes.containsAny(sets(slot), start(slot), frameSize, offset, size);
  }

  /** Copies the set of bytes that are live before {@code slot}. */
  void copyStackBefore(int slot, long[] into) {
    System.arraycopy(sets(slot), start(slot), into, 0, words);
  }

  /** The array that holds the set of bytes that are live before {@code slot}, from {@link #start} on. */
  private long[] sets(int slot) {
    int block = function.blockAt(slot);
    if (slot == function.firstSlot(block)) {
      return stackIn;
    }
    long[] sets = stackBefore.get(block);
    if (sets == null) {
      sets = stackWithin(block);
      stackBefore.set(block, sets);
    }
    return sets;
  }

  private int start(int slot) {
    int block = function.blockAt(slot);
    int first = function.firstSlot(block);
    return slot == first ? block * words : (slot - first) * words;
  }

  private long[] stackWithin(int block) {
    int first = function.firstSlot(block);
    int last = function.lastSlot(block);
    long[] sets = new long[(last - first + 1) * words];
    Effect effect = new Effect();
    stackOut(block, effect.stackGen);
    for (int slot = last; slot >= first; slot--) {
      if (function.code().startsAt(slot)) {
        effect.prepend(slot);
        System.arraycopy(effect.stackGen, 0, sets, (slot - first) * words, words);
      }
    }
    return sets;
  }

  FrameFlow flow() {
    return flow;
  }
}
