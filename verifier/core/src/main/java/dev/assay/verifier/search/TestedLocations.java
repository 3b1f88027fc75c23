package dev.assay.verifier.search;

import dev.assay.graph.FunctionGraph;
import dev.assay.graph.IntSequence;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;

/**
 * At which points the value of a register or of a stack slot may soon decide a conditional jump: directly, or through copies and
 * arithmetic. A backward analysis like liveness, in which only jumps within a few blocks count as uses. Constants in such locations are worth keeping apart.
 *
 * <p>Stack slots are the 8-byte parts of the frame that are accessed relative to r10.
 */
final class TestedLocations {
  private static final int SCRATCH = 0b111111;

  /** Constants whose test is further away than this keep too many states apart. */
  private static final int BLOCKS_AHEAD = 3;

  private final FunctionGraph function;
  private final int words;
  private final int frameSize;
  private final int[] registers;
  private final long[][] stack;

  TestedLocations(FunctionGraph function, int frameSize) {
    this.function = function;
    this.frameSize = frameSize;
    this.words = (frameSize / 8 + 63) / 64;
    this.registers = new int[function.blockCount()];
    this.stack = new long[function.blockCount()][words];
    solve();
  }

  /** The registers that are tested after the start of a block, bit n for register n. */
  int registersAt(int block) {
    return registers[block];
  }

  /** Whether the 8 bytes of the frame that hold the byte at {@code index} (from its lowest) are tested after the start of a block. */
  boolean stackAt(int block, int index) {
    int slot = index / 8;
    return (stack[block][slot >> 6] >>> (slot & 63) & 1) != 0;
  }

  /** Each round looks one block further ahead. */
  private void solve() {
    for (int round = 0; round < BLOCKS_AHEAD; round++) {
      int[] newRegisters = new int[registers.length];
      long[][] newStack = new long[registers.length][];
      for (int block = 0; block < registers.length; block++) {
        int live = 0;
        long[] cells = new long[words];
        IntSequence successors = function.successors(block);
        for (int i = 0; i < successors.size(); i++) {
          int successor = successors.at(i);
          live |= registers[successor];
          for (int w = 0; w < words; w++) {
            cells[w] |= stack[successor][w];
          }
        }
        newRegisters[block] = before(block, live, cells);
        newStack[block] = cells;
      }
      System.arraycopy(newRegisters, 0, registers, 0, registers.length);
      System.arraycopy(newStack, 0, stack, 0, stack.length);
    }
  }

  private int before(int block, int after, long[] cells) {
    int live = after;
    for (int slot = function.lastSlot(block); slot >= function.firstSlot(block); slot--) {
      if (function.code().startsAt(slot)) {
        live = before(function.code().at(slot), live, cells);
      }
    }
    return live;
  }

  private int before(Instruction instruction, int live, long[] cells) {
    return switch (instruction) {
      case Instruction.ConditionalJump j -> live | bit(j.left()) | bits(j.right());
      case Instruction.Binary b -> {
        if ((live & bit(b.destination())) == 0) {
          yield live;
        }
        boolean replaces = isMove(b.operator());
        yield (replaces ? live & ~bit(b.destination()) : live) | bits(b.source());
      }
      case Instruction.Load l -> {
        if ((live & bit(l.destination())) != 0 && l.base() == Register.R10) {
          mark(cells, l.offset(), true);
        }
        yield live & ~bit(l.destination());
      }
      case Instruction.Store s -> {
        if (s.base() == Register.R10 && isMarked(cells, s.offset())) {
          if (s.size().bytes() == 8) {
            mark(cells, s.offset(), false);
          }
          yield live | bits(s.source());
        }
        yield live;
      }
      case Instruction.LoadImmediate l -> live & ~bit(l.destination());
      case Instruction.CallHelper c -> live & ~SCRATCH;
      case Instruction.CallBtf c -> live & ~SCRATCH;
      case Instruction.CallLocal c -> (live & ~SCRATCH) | 0b111110;
      case Instruction.CallRegister c -> live & ~SCRATCH;
      case Instruction.LoadPacketAbsolute l -> live & ~SCRATCH;
      case Instruction.LoadPacketIndirect l -> live & ~SCRATCH;
      // A callee's result may be tested by its caller.
      case Instruction.Exit e -> 1;
      case Instruction.Negate n -> live;
      case Instruction.ByteSwap b -> live;
      case Instruction.Atomic a -> live;
      case Instruction.Jump j -> live;
      case Instruction.MayGoto m -> live;
      case Instruction.AddressSpaceCast a -> live;
    };
  }

  private static boolean isMove(ArithmeticOperator operator) {
    return switch (operator) {
      case MOV, MOVSX8, MOVSX16, MOVSX32 -> true;
      case ADD, SUB, MUL, DIV, SDIV, MOD, SMOD, OR, AND, XOR, LSH, RSH, ARSH -> false;
    };
  }

  private static int bit(Register register) {
    return 1 << register.number();
  }

  private static int bits(Operand operand) {
    return operand instanceof Operand.OfRegister r ? bit(r.register()) : 0;
  }

  private int slotOf(int offset) {
    int index = frameSize + offset;
    return index >= 0 && index < frameSize ? index / 8 : -1;
  }

  private boolean isMarked(long[] cells, int offset) {
    int slot = slotOf(offset);
    return slot >= 0 && (cells[slot >> 6] >>> (slot & 63) & 1) != 0;
  }

  private void mark(long[] cells, int offset, boolean on) {
    int slot = slotOf(offset);
    if (slot >= 0) {
      if (on) {
        cells[slot >> 6] |= 1L << (slot & 63);
      } else {
        cells[slot >> 6] &= ~(1L << (slot & 63));
      }
    }
  }
}
