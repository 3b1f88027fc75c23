package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stack frames held against an array of bytes. */
class StackMemoryTest {
  private static final int SIZE = 24;
  private static final Kind POINTER = Kind.Basic.CONTEXT;

  /** A stack frame, and the bytes that one run has there. A pointer's bytes are those of its address. */
  private static final class Model {
    final Random random;
    final ByteOrder order;
    final StackMemory memory;
    final State state = new State(SIZE, Relations.zones());
    final byte[] bytes = new byte[SIZE];
    final boolean[] written = new boolean[SIZE];
    /** For each byte the pointer that it is part of, and where; or −1. */
    final long[] pointer = new long[SIZE];

    final List<Long> words = new ArrayList<>(List.of(0L));

    Model(long seed) {
      random = new Random(seed);
      order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      memory = new StackMemory(order);
      java.util.Arrays.fill(pointer, -1);
    }

    /** A number below 2^(8·length), as a value and as the word that it is. */
    long number(int length, Value[] into) {
      long mask = length == 8 ? -1 : (1L << (8 * length)) - 1;
      long word = random.nextLong() & mask;
      if (random.nextBoolean()) {
        into[0] = Value.constant(word);
      } else if (length == 4 && random.nextBoolean()) {
        long whole = random.nextLong();
        into[0] = state.numbers().extend(fresh(whole, Scalar.top()), Form.ZERO_EXTENDED);
        return whole & mask;
      } else if (length == 8 && random.nextBoolean()) {
        into[0] = state.numbers().extend(fresh(word, Scalar.top()), Form.SHIFTED);
        return word << 32;
      } else {
        into[0] =
            fresh(word, Scalar.constant(word).join(Scalar.constant(random.nextLong() & mask)));
      }
      return word;
    }

    private Value fresh(long word, Scalar scalar) {
      int symbol = state.numbers().fresh(scalar);
      know(symbol, word);
      return Value.ofSymbol(symbol);
    }

    /** Symbols that the memory makes are what was loaded through them. */
    private void know(int symbol, long word) {
      while (words.size() <= symbol) {
        words.add(null);
      }
      words.set(symbol, word);
    }

    void put(int index, int length, long word) {
      for (int i = 0; i < length; i++) {
        int significance = order == ByteOrder.LITTLE_ENDIAN ? i : length - 1 - i;
        bytes[index + i] = (byte) (word >>> (8 * significance));
        written[index + i] = true;
        pointer[index + i] = -1;
      }
    }

    void putPointer(int index, long address) {
      put(index, 8, address);
      for (int i = 0; i < 8; i++) {
        pointer[index + i] = i;
      }
    }

    long get(int index, int length) {
      long word = 0;
      for (int i = 0; i < length; i++) {
        int significance = order == ByteOrder.LITTLE_ENDIAN ? i : length - 1 - i;
        word |= (bytes[index + i] & 0xffL) << (8 * significance);
      }
      return word;
    }

    boolean wholePointer(int index, int length) {
      for (int i = 0; i < length; i++) {
        if (length != 8 || pointer[index + i] != i) {
          return false;
        }
      }
      return true;
    }

    void checkLoad(int index, int length) {
      switch (memory.load(state, 0, index, length)) {
        case StackMemory.Loaded.Uninitialised missing ->
          assertTrue(missing.index() >= index && missing.index() < index + length);
        case StackMemory.Loaded.PartOfPointer part -> allWritten(index, length);
        case StackMemory.Loaded.Known known -> {
          allWritten(index, length);
          Value value = known.value();
          if (value.isNumber()) {
            long word = get(index, length);
            assertTrue(
                state.scalar(value).contains(word),
                () -> "loaded " + state.scalar(value) + ", is " + word);
            bindOrCompare(value, word);
          } else if (value.kind() == POINTER) {
            assertTrue(wholePointer(index, length), "a pointer where none is");
          }
        }
      }
    }

    /** A symbol that the memory has just made stands for what is loaded through it; of others the word is known. */
    private void bindOrCompare(Value value, long word) {
      int symbol = value.symbol();
      Long known = symbol < words.size() ? words.get(symbol) : null;
      if (known == null && value.form() == Form.FULL) {
        know(symbol, word - value.shift());
      } else if (known != null) {
        long sum = known + value.shift();
        long expected =
            value.form() == Form.FULL ? sum : ConcreteState.inForm(value.form(), (int) sum);
        assertEquals(expected, word, "equal by symbol, but not equal");
      }
    }

    private void allWritten(int index, int length) {
      for (int i = index; i < index + length; i++) {
        assertTrue(written[i], "a byte is called written that is not");
      }
    }

    void step() {
      int length = 1 << random.nextInt(4);
      int index = random.nextInt(SIZE - length + 1);
      if (random.nextInt(3) > 0) {
        index = index / length * length;
      }
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> {
          Value[] value = new Value[1];
          long word = number(length, value);
          memory.store(state, 0, index, length, value[0]);
          put(index, length, word);
        }
        case 3 -> {
          int at = Math.min(index, SIZE - 8);
          memory.store(state, 0, at, 8, Value.pointer(POINTER, 0));
          putPointer(at, random.nextLong());
        }
        case 4 -> {
          memory.scramble(state, 0, index, length);
          put(index, length, random.nextLong());
        }
        case 5 -> {
          int range = Math.min(SIZE - index, length + random.nextInt(8));
          memory.storeWeakly(state, 0, index, range, false);
          if (random.nextBoolean()) {
            put(index + random.nextInt(range - length + 1), length, random.nextLong());
          }
        }
        case 6 -> {
          int at = Math.min(index, SIZE - 8);
          int range = Math.min(SIZE - at, 8 + random.nextInt(8));
          memory.storeWeakly(state, 0, at, range, true);
          if (random.nextBoolean()) {
            putPointer(at + random.nextInt(range - 7), random.nextLong());
          }
        }
        default -> {
          long[] live = {random.nextLong()};
          state.setFrame(0, state.frame(0).withStack(state.frame(0).stack().retain(live)));
        }
      }
      checkLoad(index, length);
    }
  }

  @Property(tries = 3000)
  void whatIsLoadedIsWhatTheBytesHold(@ForAll long seed) {
    Model model = new Model(seed);
    for (int step = 0; step < 30; step++) {
      model.step();
      int length = 1 << model.random.nextInt(4);
      model.checkLoad(model.random.nextInt(SIZE - length + 1), length);
    }
  }

  @Property(tries = 1000)
  void cellsAreOrderedAndDisjointAndWritten(@ForAll long seed) {
    Model model = new Model(seed);
    for (int step = 0; step < 30; step++) {
      model.step();
      StackFrame frame = model.state.frame(0).stack();
      int end = 0;
      for (int i = 0; i < frame.cells(); i++) {
        assertTrue(frame.start(i) >= end);
        end = frame.start(i) + frame.length(i);
        assertTrue(end <= SIZE);
        assertEquals(-1, frame.firstUninitialised(frame.start(i), end));
        assertEquals(i, frame.firstCellAt(frame.start(i)));
        assertEquals(i, frame.find(frame.start(i), frame.length(i)));
      }
    }
  }

  @Test
  void asLongAsNothingIsWrittenTwoLoadsAreEqual() {
    State state = new State(SIZE, Relations.zones());
    StackMemory memory = new StackMemory(ByteOrder.LITTLE_ENDIAN);
    memory.scramble(state, 0, 0, 8);
    Value first = assertInstanceOf(StackMemory.Loaded.Known.class, memory.load(state, 0, 0, 8))
        .value();
    assertEquals(
        first,
        assertInstanceOf(StackMemory.Loaded.Known.class, memory.load(state, 0, 0, 8))
            .value());
  }

  @Test
  void aPointerIsFoundOnlyAsAWhole() {
    State state = new State(SIZE, Relations.zones());
    StackMemory memory = new StackMemory(ByteOrder.LITTLE_ENDIAN);
    memory.store(state, 0, 8, 8, Value.pointer(POINTER, 0));
    assertInstanceOf(StackMemory.Loaded.PartOfPointer.class, memory.load(state, 0, 8, 4));
    assertInstanceOf(StackMemory.Loaded.PartOfPointer.class, memory.load(state, 0, 12, 4));
    memory.scramble(state, 0, 0, 24);
    memory.store(state, 0, 8, 8, Value.pointer(POINTER, 0));
    assertInstanceOf(StackMemory.Loaded.PartOfPointer.class, memory.load(state, 0, 4, 8));
    assertTrue(memory.holdsPointer(state, 0, 4, 8));
    assertTrue(!memory.holdsPointer(state, 0, 0, 8));
    assertTrue(!memory.holdsPointer(state, 0, 16, 8));
  }

  /** All places within a stored word, in both byte orders: each byte is known exactly, whatever it is read with. */
  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void everyPieceOfALiteralIsALiteral(String orderName) {
    boolean little = orderName.equals("LITTLE_ENDIAN");
    StackMemory memory = new StackMemory(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    byte[] octets = {1, (byte) 0x92, 3, (byte) 0xf4, 5, 0, 7, (byte) 0x88, 9, (byte) 0xaa, 11, 12};
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(octets)
        .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    State state = new State(SIZE, Relations.zones());
    memory.store(state, 0, 0, 8, Value.constant(bytes.getLong(0)));
    memory.store(state, 0, 8, 4, Value.constant(Integer.toUnsignedLong(bytes.getInt(8))));
    for (int length = 1; length <= 8; length *= 2) {
      for (int index = 0; index + length <= 12; index++) {
        long expected = 0;
        for (int i = 0; i < length; i++) {
          int octet = Byte.toUnsignedInt(octets[little ? index + length - 1 - i : index + i]);
          expected = expected << 8 | octet;
        }
        assertEquals(
            new StackMemory.Loaded.Known(Value.constant(expected)),
            memory.load(state, 0, index, length));
      }
    }
  }

  /** A byte in the middle is overwritten by a number of which little is known: the others stay known, and its own bits are where it is. */
  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void whatIsKnownOfPiecesIsKnownOfTheWholeWord(String orderName) {
    boolean little = orderName.equals("LITTLE_ENDIAN");
    StackMemory memory = new StackMemory(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int at = 0; at < 8; at++) {
      State state = new State(SIZE, Relations.zones());
      memory.store(state, 0, 0, 8, Value.constant(0x1122334455667788L));
      Value octet = Value.ofSymbol(state.numbers().fresh(Scalar.knownBits(0x40, 0x0f)));
      memory.store(state, 0, at, 1, octet);
      int shift = 8 * (little ? at : 7 - at);
      Scalar whole =
          state.scalar(assertInstanceOf(StackMemory.Loaded.Known.class, memory.load(state, 0, 0, 8))
              .value());
      assertEquals(0x0fL << shift, whole.bitsMask());
      assertEquals(0x1122334455667788L & ~(0xffL << shift) | 0x40L << shift, whole.bitsValue());
    }
  }
}
