package dev.assay.graph;

import static dev.assay.graph.FrameValue.ELSEWHERE;
import static dev.assay.graph.FrameValue.UNKNOWN;

import dev.assay.isa.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the registers and the frame's aligned 8-byte cells hold at a point of the forward pass. Mutable scratch. */
final class FrameState {
  private static final int CELL = 8;

  private final int frameSize;
  private final ImmediateSets immediates;
  private final long[] registers;
  private final long[] cells;

  /** Whether a cell may hold anything but {@code ELSEWHERE}. */
  private boolean tracksCells;

  /** Whether a pointer into the frame, or a code address, may lie in memory outside the frame. */
  private boolean escaped;

  FrameState(int frameSize, ImmediateSets immediates) {
    this.frameSize = frameSize;
    this.immediates = immediates;
    registers = new long[Register.COUNT];
    registers[Register.R10.number()] = FrameValue.frame(0);
    cells = new long[frameSize / CELL];
  }

  long register(Register register) {
    return registers[register.number()];
  }

  /** Does nothing for r10, which cannot be written. */
  void setRegister(Register register, long value) {
    if (register != Register.R10) {
      registers[register.number()] = value;
    }
  }

  boolean escaped() {
    return escaped;
  }

  /** What a load of {@code size} bytes from {@code address} gives. */
  long load(long address, int offset, int size) {
    if (size < CELL) {
      return ELSEWHERE;
    }
    long outside = escaped ? UNKNOWN : ELSEWHERE;
    if (!FrameValue.mayBeFrame(address)) {
      return outside;
    }
    long inside =
        loadInside(FrameValue.lowest(address) + offset, FrameValue.highest(address) + offset);
    return FrameValue.isFrame(address) ? inside : immediates.join(inside, outside);
  }

  private long loadInside(int lowest, int highest) {
    if (lowest == highest && isCell(lowest)) {
      return cells[cell(lowest)];
    }
    return mayHoldPointer(lowest, highest - lowest + CELL) ? UNKNOWN : ELSEWHERE;
  }

  /** Stores {@code size} bytes, {@code value} if they are 8, at {@code address}. */
  void store(long address, int offset, int size, long value) {
    long stored = size < CELL || FrameValue.isNumber(value) ? ELSEWHERE : value;
    if (FrameValue.mayBeFrame(address)) {
      int lowest = FrameValue.lowest(address) + offset;
      int highest = FrameValue.highest(address) + offset;
      if (lowest != highest || size != CELL || !isCell(lowest)) {
        weaken(lowest, highest - lowest + size, stored);
      } else {
        int cell = cell(lowest);
        cells[cell] = FrameValue.isFrame(address) ? stored : immediates.join(cells[cell], stored);
        tracksCells |= cells[cell] != ELSEWHERE;
      }
    }
    escaped |= !FrameValue.isFrame(address) && !FrameValue.isPlain(stored);
  }

  /** The cells that overlap a range may have become {@code value} in part. */
  private void weaken(int offset, int size, long value) {
    if (!tracksCells && FrameValue.isPlain(value)) {
      return;
    }
    int from = Math.clamp((long) offset + frameSize, 0, frameSize) / CELL;
    int to = (Math.clamp((long) offset + frameSize + size, 0, frameSize) + CELL - 1) / CELL;
    for (int cell = from; cell < to; cell++) {
      boolean mayBePointer = !FrameValue.isPlain(cells[cell]) || !FrameValue.isPlain(value);
      cells[cell] = mayBePointer ? UNKNOWN : ELSEWHERE;
      tracksCells |= mayBePointer;
    }
  }

  /** The same for the cells that overlap a set of bytes, and a plain value. */
  void weaken(long[] bytes) {
    if (tracksCells) {
      for (int cell = 0; cell < cells.length; cell++) {
        if (contains(bytes, cell)) {
          cells[cell] = FrameValue.isPlain(cells[cell]) ? ELSEWHERE : UNKNOWN;
        }
      }
    }
  }

  /** Whether a cell that overlaps {@code bytes} may hold a pointer into the frame or a code address. */
  boolean mayHoldPointer(long[] bytes) {
    if (tracksCells) {
      for (int cell = 0; cell < cells.length; cell++) {
        if (!FrameValue.isPlain(cells[cell]) && contains(bytes, cell)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean contains(long[] bytes, int cell) {
    return (bytes[cell >>> 3] >>> (cell << 3) & 0xff) != 0;
  }

  private boolean mayHoldPointer(int offset, int size) {
    if (!tracksCells) {
      return false;
    }
    int from = Math.clamp((long) offset + frameSize, 0, frameSize) / CELL;
    int to = (Math.clamp((long) offset + frameSize + size, 0, frameSize) + CELL - 1) / CELL;
    for (int cell = from; cell < to; cell++) {
      if (!FrameValue.isPlain(cells[cell])) {
        return true;
      }
    }
    return false;
  }

  private boolean isCell(int offset) {
    return offset >= -frameSize && offset <= -CELL && offset % CELL == 0;
  }

  private int cell(int offset) {
    return (offset + frameSize) / CELL;
  }

  /** A state at the start of a block, stored compactly. */
  static final class Stored {
    private final long[] registers;
    private long @Nullable [] cells;
    private boolean escaped;

    Stored(FrameState state) {
      registers = state.registers.clone();
      cells = state.tracksCells ? state.cells.clone() : null;
      escaped = state.escaped;
    }

    /**
     * Joins {@code state} in, with any offset for pointers that change if {@code widens}; returns whether anything
     * changed.
     */
    boolean join(FrameState state, boolean widens) {
      boolean changed = join(registers, state.registers, state.immediates, widens);
      if (cells != null) {
        changed |= join(cells, state.cells, state.immediates, widens);
      } else if (state.tracksCells) {
        long[] joined = new long[state.cells.length];
        if (join(joined, state.cells, state.immediates, widens)) {
          cells = joined;
          changed = true;
        }
      }
      changed |= state.escaped && !escaped;
      escaped |= state.escaped;
      return changed;
    }

    private static boolean join(
        long[] into, long[] from, ImmediateSets immediates, boolean widens) {
      boolean changed = false;
      for (int i = 0; i < into.length; i++) {
        long joined = immediates.join(into[i], from[i]);
        if (joined != into[i]) {
          into[i] = widens ? FrameValue.anywhere(joined) : joined;
          changed = true;
        }
      }
      return changed;
    }

    void restore(FrameState state) {
      System.arraycopy(registers, 0, state.registers, 0, registers.length);
      if (cells != null) {
        System.arraycopy(cells, 0, state.cells, 0, cells.length);
      } else if (state.tracksCells) {
        Arrays.fill(state.cells, ELSEWHERE);
      }
      state.tracksCells = cells != null;
      state.escaped = escaped;
    }
  }
}
