package dev.assay.graph;

import static dev.assay.graph.FrameValue.ELSEWHERE;
import static dev.assay.graph.FrameValue.MAYBE;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the registers and the frame's aligned 8-byte cells hold at a point of the forward pass. Mutable scratch. */
final class FrameState {
  private static final int CELL = 8;

  private final int frameSize;
  private final long[] registers;
  private final long[] cells;

  /** Whether a cell may hold anything but {@code ELSEWHERE}. */
  private boolean tracksCells;

  /** Whether a pointer into the frame, or a code address, may lie in memory outside the frame. */
  private boolean escaped;

  FrameState(int frameSize, int registerCount) {
    this.frameSize = frameSize;
    registers = new long[registerCount];
    cells = new long[frameSize / CELL];
  }

  long register(int number) {
    return registers[number];
  }

  void setRegister(int number, long value) {
    registers[number] = value;
  }

  boolean escaped() {
    return escaped;
  }

  /** What a load of {@code size} bytes from {@code address} gives. */
  long load(long address, int offset, int size) {
    if (size < CELL) {
      return ELSEWHERE;
    }
    if (FrameValue.isFrame(address)) {
      long at = FrameValue.payload(address) + offset;
      if (isCell(at)) {
        return cells[cell(at)];
      }
      return mayHoldPointer(at, size) ? MAYBE : ELSEWHERE;
    }
    if (FrameValue.mayBeFrame(address)) {
      return escaped || mayHoldPointer(-frameSize, frameSize) ? MAYBE : ELSEWHERE;
    }
    return escaped ? MAYBE : ELSEWHERE;
  }

  /** Stores {@code size} bytes, {@code value} if they are 8, at {@code address}. */
  void store(long address, int offset, int size, long value) {
    long stored = size < CELL || FrameValue.isNumber(value) ? ELSEWHERE : value;
    if (FrameValue.isFrame(address)) {
      long at = FrameValue.payload(address) + offset;
      if (size == CELL && isCell(at)) {
        cells[cell(at)] = stored;
        tracksCells |= stored != ELSEWHERE;
      } else {
        weaken(at, size, stored);
      }
    } else if (FrameValue.mayBeFrame(address)) {
      weaken(-frameSize, frameSize, stored);
      escaped |= !FrameValue.isPlain(stored);
    } else {
      escaped |= !FrameValue.isPlain(stored);
    }
  }

  /** The cells that overlap a range may have become {@code value} in part. */
  void weaken(long offset, int size, long value) {
    if (!tracksCells && FrameValue.isPlain(value)) {
      return;
    }
    int from = (int) Math.clamp(offset + frameSize, 0, frameSize) / CELL;
    int to = ((int) Math.clamp(offset + frameSize + size, 0, frameSize) + CELL - 1) / CELL;
    for (int cell = from; cell < to; cell++) {
      boolean mayBePointer = !FrameValue.isPlain(cells[cell]) || !FrameValue.isPlain(value);
      cells[cell] = mayBePointer ? MAYBE : ELSEWHERE;
      tracksCells |= mayBePointer;
    }
  }

  /** The same for the cells that overlap a set of bytes, and a plain value. */
  void weaken(long[] bytes) {
    if (tracksCells) {
      for (int cell = 0; cell < cells.length; cell++) {
        if (contains(bytes, cell)) {
          cells[cell] = FrameValue.isPlain(cells[cell]) ? ELSEWHERE : MAYBE;
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

  private boolean mayHoldPointer(long offset, int size) {
    if (!tracksCells) {
      return false;
    }
    int from = (int) Math.clamp(offset + frameSize, 0, frameSize) / CELL;
    int to = ((int) Math.clamp(offset + frameSize + size, 0, frameSize) + CELL - 1) / CELL;
    for (int cell = from; cell < to; cell++) {
      if (!FrameValue.isPlain(cells[cell])) {
        return true;
      }
    }
    return false;
  }

  private boolean isCell(long offset) {
    return offset >= -frameSize && offset <= -CELL && offset % CELL == 0;
  }

  private int cell(long offset) {
    return (int) (offset + frameSize) / CELL;
  }

  void set(FrameState other) {
    System.arraycopy(other.registers, 0, registers, 0, registers.length);
    if (tracksCells || other.tracksCells) {
      System.arraycopy(other.cells, 0, cells, 0, cells.length);
    }
    tracksCells = other.tracksCells;
    escaped = other.escaped;
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

    /** Joins {@code state} in; returns whether anything changed. */
    boolean join(FrameState state) {
      boolean changed = join(registers, state.registers);
      if (cells != null) {
        changed |= join(cells, state.cells);
      } else if (state.tracksCells) {
        long[] joined = new long[state.cells.length];
        if (join(joined, state.cells)) {
          cells = joined;
          changed = true;
        }
      }
      changed |= state.escaped && !escaped;
      escaped |= state.escaped;
      return changed;
    }

    private static boolean join(long[] into, long[] from) {
      boolean changed = false;
      for (int i = 0; i < into.length; i++) {
        long joined = FrameValue.join(into[i], from[i]);
        changed |= joined != into[i];
        into[i] = joined;
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
