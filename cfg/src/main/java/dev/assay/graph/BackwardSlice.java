package dev.assay.graph;

import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.Store;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What the instructions at some slots depend on: at the start of each block the registers and the bytes of the frame whose values may, through moves,
 * arithmetic, spills and the jumps that decide what runs, reach one of those instructions (Weiser's backward slice, over data and control
 * dependence). Immutable.
 *
 * <p>Where it says too little, a search that goes by it is less precise than it could be. What comes out of memory other than the frame
 * depends on nothing here.
 */
public final class BackwardSlice {
  /** Jumps that decide one another in long chains are found one by one; beyond this many visits of blocks some are not named. */
  private static final long MOST_STEPS = 20_000_000;

  private static final int R0 = 1;

  private final Liveness liveness;
  private final List<FunctionGraph> functions;
  private final int words;
  private final BitSet criteria;
  private final Part[] parts;
  private long steps;

  /** What is known of one function. */
  private static final class Part {
    final int[] registers;
    final long[] stack;
    final BitSet jumps = new BitSet();
    final ControlDependence control;
    boolean result;
    boolean outerStores;

    Part(FunctionGraph function, int words) {
      registers = new int[function.blockCount()];
      stack = new long[function.blockCount() * words];
      control = ControlDependence.of(function);
    }
  }

  private BackwardSlice(ControlFlowGraph graph, Liveness liveness, BitSet criteria) {
    this.liveness = liveness;
    this.functions = graph.functions();
    this.words = liveness.stackWords();
    this.criteria = (BitSet) criteria.clone();
    parts = new Part[functions.size()];
    for (FunctionGraph function : functions) {
      parts[function.index()] = new Part(function, words);
    }
    boolean changed = true;
    while (changed && steps < MOST_STEPS) {
      changed = false;
      for (FunctionGraph function : functions) {
        changed |= new Pass(graph, function).run();
      }
    }
  }

  /**
   * The slice.
   *
   * @param liveness of the same graph
   * @param slots where the instructions that matter start
   */
  public static BackwardSlice of(ControlFlowGraph graph, Liveness liveness, BitSet slots) {
    return new BackwardSlice(graph, liveness, slots);
  }

  /** The registers that matter at the start of a block, bit n for register n. */
  public int registersAt(FunctionGraph function, int block) {
    return parts[function.index()].registers[block];
  }

  /** Whether any of {@code size} bytes from {@code offset} (from r10) matters at the start of a block. */
  public boolean stackAt(FunctionGraph function, int block, int offset, int size) {
    return FrameBytes.containsAny(
        parts[function.index()].stack, block * words, liveness.frameSize(), offset, size);
  }

  /** One round over a function: what matters before each instruction, given what matters after it and in its callees. */
  private final class Pass {
    private final ControlFlowGraph graph;
    private final FunctionGraph function;
    private final FrameFlow flow;
    private final Part part;
    private final int frameSize = liveness.frameSize();
    private final BitSet defining = new BitSet();
    private final long[] cells = new long[words];
    private int live;
    private boolean elsewhere;

    Pass(ControlFlowGraph graph, FunctionGraph function) {
      this.graph = graph;
      this.function = function;
      this.flow = liveness.of(function).flow();
      this.part = parts[function.index()];
    }

    boolean run() {
      boolean any = false;
      boolean grows = true;
      BitSet pending = new BitSet();
      pending.set(0, function.blockCount());
      while (grows) {
        boolean changed = solve(pending);
        BitSet jumps = part.control.deciding(defining);
        steps += function.blockCount();
        jumps.andNot(part.jumps);
        grows = !jumps.isEmpty() && steps < MOST_STEPS;
        part.jumps.or(jumps);
        pending.or(jumps);
        any |= changed || grows;
      }
      return any || elsewhere;
    }

    /** Visits the blocks of {@code pending}, and again those before whatever changes, until none is pending. */
    private boolean solve(BitSet pending) {
      boolean any = false;
      for (int block = pending.length() - 1; block >= 0; block = previous(pending, block)) {
        pending.clear(block);
        steps++;
        if (block(block)) {
          any = true;
          IntSequence predecessors = function.predecessors(block);
          for (int i = 0; i < predecessors.size(); i++) {
            pending.set(predecessors.at(i));
          }
        }
      }
      return any;
    }

    private static int previous(BitSet pending, int block) {
      int previous = pending.previousSetBit(block);
      return previous >= 0 ? previous : pending.length() - 1;
    }

    private boolean block(int block) {
      live = 0;
      Arrays.fill(cells, 0);
      IntSequence successors = function.successors(block);
      for (int i = 0; i < successors.size(); i++) {
        live |= part.registers[successors.at(i)];
        for (int w = 0; w < words; w++) {
          cells[w] |= part.stack[successors.at(i) * words + w];
        }
      }
      for (int slot = function.lastSlot(block); slot >= function.firstSlot(block); slot--) {
        if (function.code().startsAt(slot)) {
          before(slot, block);
        }
      }
      boolean changed = (live & ~part.registers[block]) != 0;
      part.registers[block] |= live;
      for (int w = 0; w < words; w++) {
        changed |= (cells[w] & ~part.stack[block * words + w]) != 0;
        part.stack[block * words + w] |= cells[w];
      }
      return changed;
    }

    private void before(int slot, int block) {
      Instruction instruction = function.code().at(slot);
      int written = RegisterEffects.writes(instruction);
      boolean defines = (live & written) != 0;
      boolean stores = false;
      switch (instruction) {
        case Store store -> {
          stores = touchesCell(slot, store.offset(), store.size().bytes());
          if (stores && FrameValue.isExactFrame(flow.base(slot))) {
            int lowest = FrameValue.lowest(flow.base(slot)) + store.offset();
            FrameBytes.remove(cells, frameSize, lowest, store.size().bytes());
          }
        }
        case Atomic atomic ->
          stores = touchesCell(slot, atomic.offset(), atomic.width().bytes());
        case Instruction.CallLocal _, Instruction.CallRegister _ -> {
          call(slot, instruction, block);
          return;
        }
        case Instruction.CallHelper _, Instruction.CallBtf _ -> stores = writesCell(slot);
        case Instruction.Exit _ -> live |= part.result ? R0 : 0;
        case Instruction.Binary _,
            Instruction.Negate _,
            Instruction.ByteSwap _,
            Instruction.LoadImmediate _,
            Load _,
            Instruction.AddressSpaceCast _,
            Instruction.LoadPacketAbsolute _,
            Instruction.LoadPacketIndirect _,
            Instruction.Jump _,
            ConditionalJump _,
            Instruction.MayGoto _ -> {}
      }
      boolean decides = instruction instanceof ConditionalJump && part.jumps.get(block);
      boolean matters = criteria.get(slot)
          || defines
          || stores
          || (FunctionGraph.isCall(instruction) && mayCallBack());
      if (matters) {
        defining.set(block);
      }
      live &= ~written;
      if (matters || decides) {
        live |= FunctionGraph.isCall(instruction)
            ? flow.call(slot).registersRead()
            : RegisterEffects.reads(instruction);
        if (instruction instanceof Load load) {
          FrameBytes.addTouched(
              cells, frameSize, flow.base(slot), load.offset(), load.size().bytes());
        } else if (instruction instanceof Atomic atomic) {
          FrameBytes.addTouched(
              cells, frameSize, flow.base(slot), atomic.offset(), atomic.width().bytes());
        } else if (FunctionGraph.isCall(instruction)) {
          FrameBytes.addAll(cells, flow.call(slot).reads());
        }
      }
    }

    private boolean touchesCell(int slot, int offset, int size) {
      long base = flow.base(slot);
      if (!FrameValue.mayBeFrame(base)) {
        return part.outerStores;
      }
      int lowest = FrameValue.lowest(base);
      return FrameBytes.containsAny(
              cells, 0, frameSize, lowest + offset, FrameValue.highest(base) - lowest + size)
          || part.outerStores;
    }

    private boolean writesCell(int slot) {
      long[] writes = flow.call(slot).maybeWrites();
      for (int w = 0; w < words; w++) {
        if ((writes[w] & cells[w]) != 0) {
          return true;
        }
      }
      return false;
    }

    /** A call matters if its result does, if what it writes does, or if something in the callee does. */
    private void call(int slot, Instruction instruction, int block) {
      boolean result = (live & R0) != 0;
      boolean stores = writesCell(slot);
      live &= ~RegisterEffects.writes(instruction);
      boolean matters = criteria.get(slot) || result || stores;
      int read = 0;
      for (FunctionGraph callee : callees(slot, instruction)) {
        Part of = parts[callee.index()];
        elsewhere |= (result && !of.result) || (stores && !of.outerStores);
        of.result |= result;
        of.outerStores |= stores;
        matters |= holdsCriteria(callee) || of.registers[0] != 0;
        read |= of.registers[0] & RegisterEffects.ARGUMENTS;
      }
      if (matters) {
        defining.set(block);
        live |= read
            | (instruction instanceof Instruction.CallRegister c
                ? RegisterEffects.bit(c.target())
                : 0);
        FrameBytes.addAll(cells, flow.call(slot).reads());
      }
    }

    private List<FunctionGraph> callees(int slot, Instruction instruction) {
      return instruction instanceof Instruction.CallLocal local
          ? List.of(graph.functionAt(slot + 1 + local.offset()))
          : functions;
    }

    /** Whether a function whose address is taken here, so that the host may call it, matters. */
    private boolean mayCallBack() {
      return graph.calls().references(function.index()).stream()
          .mapToObj(functions::get)
          .anyMatch(
              callback -> holdsCriteria(callback) || parts[callback.index()].registers[0] != 0);
    }

    private boolean holdsCriteria(FunctionGraph callee) {
      int next = criteria.nextSetBit(callee.entrySlot());
      return next >= 0 && next < callee.endSlot();
    }
  }
}
