package dev.assay.verifier.state;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the bytes of one stack frame. Immutable.
 *
 * <pre>
 *   index  0                                     size−1
 *          +---------------------------------------+
 *          | ...  [cell: 8 bytes][cell: 4] ...      |   offset = index − size, r10 points behind the last byte
 *          +---------------------------------------+
 * </pre>
 *
 * <p>Each byte is initialised or not. <em>Cells</em> never overlap; a cell says what its bytes, read together in the program's byte
 * order, hold: a number below 2^(8·length), or (8 bytes only) any other kind. Initialised bytes outside cells hold unknown numbers,
 * never parts of pointers: whoever writes pointer bytes in a way that cells cannot say must mark them unusable.
 */
public final class StackFrame {
  private final int size;
  private final int[] starts;
  private final byte[] lengths;
  private final Value[] values;
  private final long[] initialised;
  private final int lowest;

  private StackFrame(
      int size, int[] starts, byte[] lengths, Value[] values, long[] initialised, int lowest) {
    this.lowest = lowest;
    this.size = size;
    this.starts = starts;
    this.lengths = lengths;
    this.values = values;
    this.initialised = initialised;
  }

  /** A frame of {@code size} bytes of which nothing is initialised. */
  public static StackFrame empty(int size) {
    return new StackFrame(
        size, new int[0], new byte[0], new Value[0], new long[(size + 63) / 64], size);
  }

  /** Bytes in the frame. */
  public int size() {
    return size;
  }

  /** How many bytes of the frame, counted from its top, were ever stored to. */
  public int used() {
    return size - lowest;
  }

  /** The same frame, once a byte at {@code index} or above may have been stored to. */
  StackFrame touched(int index) {
    return index >= lowest
        ? this
        : new StackFrame(size, starts, lengths, values, initialised, index);
  }

  /** The number of cells. */
  public int cells() {
    return starts.length;
  }

  /** The index of the first byte of cell {@code i}. */
  public int start(int i) {
    return starts[i];
  }

  /** The number of bytes of cell {@code i}: 1 to 8. */
  public int length(int i) {
    return lengths[i];
  }

  /** What cell {@code i} holds. */
  public Value value(int i) {
    return values[i];
  }

  /** The cell that starts at {@code index} and has {@code length} bytes, or −1. */
  public int find(int index, int length) {
    int i = Arrays.binarySearch(starts, index);
    return i >= 0 && lengths[i] == length ? i : -1;
  }

  /** The first cell that ends after {@code index}; {@link #cells} if there is none. */
  public int firstCellAt(int index) {
    int i = Arrays.binarySearch(starts, index);
    if (i >= 0) {
      return i;
    }
    int next = -i - 1;
    return next > 0 && starts[next - 1] + lengths[next - 1] > index ? next - 1 : next;
  }

  /** Whether the byte at {@code index} is initialised. */
  public boolean isInitialised(int index) {
    return (initialised[index >> 6] >>> (index & 63) & 1) != 0;
  }

  /** The first byte in [from, to) that is not initialised, or −1. */
  public int firstUninitialised(int from, int to) {
    for (int index = from; index < to; index++) {
      if (!isInitialised(index)) {
        return index;
      }
    }
    return -1;
  }

  /** Whether every byte that is initialised here is initialised there too. */
  boolean initialisedWithin(StackFrame other) {
    for (int i = 0; i < initialised.length; i++) {
      if ((initialised[i] & ~other.initialised[i]) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The words of the set of initialised bytes, lowest index first, for keys and hashes. */
  public long initialisedWord(int word) {
    return initialised[word];
  }

  /** The number of {@link #initialisedWord words}. */
  public int initialisedWords() {
    return initialised.length;
  }

  /** A cell as a value, for rebuilding frames. */
  record Cell(int start, int length, Value value) {}

  /** The frame with these cells (ascending, disjoint) and the bytes initialised that {@code initialised} says. */
  StackFrame with(List<Cell> cells, long[] initialised) {
    int[] newStarts = new int[cells.size()];
    byte[] newLengths = new byte[cells.size()];
    Value[] newValues = new Value[cells.size()];
    for (int i = 0; i < newStarts.length; i++) {
      Cell cell = cells.get(i);
      newStarts[i] = cell.start();
      newLengths[i] = (byte) cell.length();
      newValues[i] = cell.value();
    }
    return new StackFrame(size, newStarts, newLengths, newValues, initialised, lowest);
  }

  /** The frame with the value of cell {@code i} replaced. */
  public StackFrame withValue(int i, Value value) {
    if (values[i].equals(value)) {
      return this;
    }
    Value[] newValues = values.clone();
    newValues[i] = value;
    return new StackFrame(size, starts, lengths, newValues, initialised, lowest);
  }

  /**
   * The frame after {@code [start, start + length)} was overwritten: the bytes are initialised, and one cell holds {@code value} (none
   * if it is null). Whatever is left of cells that lay partly there is given by {@code remains}.
   */
  public StackFrame overwritten(int start, int length, @Nullable Value value, Remains remains) {
    int end = start + length;
    int first = firstCellAt(start);
    int last = first;
    java.util.ArrayList<Cell> middle = new java.util.ArrayList<>();
    while (last < starts.length && starts[last] < end) {
      int cellStart = starts[last];
      int cellEnd = cellStart + lengths[last];
      if (cellStart < start) {
        split(last, cellStart, start, remains, middle);
      }
      if (cellEnd > end) {
        split(last, end, cellEnd, remains, middle);
      }
      last++;
    }
    if (value != null) {
      int at = 0;
      while (at < middle.size() && middle.get(at).start() < start) {
        at++;
      }
      middle.add(at, new Cell(start, length, value));
    }
    return replace(first, last, middle, withInitialised(start, end)).touched(start);
  }

  private void split(int cell, int from, int to, Remains remains, java.util.ArrayList<Cell> into) {
    // The largest power-of-two pieces that are aligned, so that later loads find them.
    int index = from;
    while (index < to) {
      int piece = 8;
      while (piece > 1 && ((index & (piece - 1)) != 0 || index + piece > to)) {
        piece >>= 1;
      }
      Value rest = remains.of(values[cell], starts[cell], lengths[cell], index, piece);
      if (rest != null) {
        into.add(new Cell(index, piece, rest));
      }
      index += piece;
    }
  }

  private StackFrame replace(int first, int last, List<Cell> middle, long[] newInitialised) {
    int tail = starts.length - last;
    int total = first + middle.size() + tail;
    int[] newStarts = Arrays.copyOf(starts, total);
    byte[] newLengths = Arrays.copyOf(lengths, total);
    Value[] newValues = Arrays.copyOf(values, total);
    for (int i = 0; i < middle.size(); i++) {
      Cell cell = middle.get(i);
      newStarts[first + i] = cell.start();
      newLengths[first + i] = (byte) cell.length();
      newValues[first + i] = cell.value();
    }
    System.arraycopy(starts, last, newStarts, first + middle.size(), tail);
    System.arraycopy(lengths, last, newLengths, first + middle.size(), tail);
    System.arraycopy(values, last, newValues, first + middle.size(), tail);
    return new StackFrame(size, newStarts, newLengths, newValues, newInitialised, lowest);
  }

  private long[] withInitialised(int from, int to) {
    long[] result = initialised;
    for (int index = from; index < to; index++) {
      if ((result[index >> 6] >>> (index & 63) & 1) == 0) {
        if (result == initialised) {
          result = initialised.clone();
        }
        result[index >> 6] |= 1L << (index & 63);
      }
    }
    return result;
  }

  /** The frame without the cell {@code i}; its bytes stay as initialised as they were. */
  public StackFrame withoutCell(int i) {
    return replace(i, i + 1, List.of(), initialised);
  }

  /** The frame of which only the bytes in {@code live} (a bit set of indices) are kept; cells with no live byte vanish. */
  public StackFrame retain(long[] live) {
    long[] kept = new long[initialised.length];
    boolean same = true;
    for (int i = 0; i < kept.length; i++) {
      kept[i] = initialised[i] & (i < live.length ? live[i] : 0);
      same &= kept[i] == initialised[i];
    }
    java.util.ArrayList<Cell> cells = new java.util.ArrayList<>(starts.length);
    for (int i = 0; i < starts.length; i++) {
      boolean anyLive = false;
      for (int index = starts[i]; index < starts[i] + lengths[i]; index++) {
        anyLive |= index >> 6 < live.length && (live[index >> 6] >>> (index & 63) & 1) != 0;
      }
      if (anyLive) {
        cells.add(new Cell(starts[i], lengths[i], values[i]));
        // A cell is known as a whole: all of its bytes stay initialised with it.
        for (int index = starts[i]; index < starts[i] + lengths[i]; index++) {
          kept[index >> 6] |= initialised[index >> 6] & 1L << (index & 63);
        }
      }
    }
    return same && cells.size() == starts.length ? this : with(cells, kept);
  }

  /** The intersection of the initialised bytes. */
  long[] commonInitialised(StackFrame other) {
    long[] result = initialised.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] &= other.initialised[i];
    }
    return result;
  }

  /** What is left of a cell of which some bytes are overwritten. */
  public interface Remains {
    /**
     * The value of the bytes {@code [index, index + piece)} of a cell that started at {@code start} with {@code length} bytes, or null if they
     * are unknown numbers.
     */
    @Nullable
    Value of(Value value, int start, int length, int index, int piece);
  }
}
