package dev.assay.verifier.state;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.platform.SocketClass;
import dev.assay.verifier.state.ConcreteState.StackByte;
import dev.assay.verifier.state.ConcreteState.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Random states, each with a concrete state that it describes. States with the same structure seed are alike (kinds, forms, which locations share a
 * symbol), and so have much to join; a noise above 0 makes them differ here and there.
 */
final class RandomStates {
  /** A state and a concrete one that it describes. */
  record Sample(State state, ConcreteState concrete) {}

  private static final int FRAME_BYTES = 32;
  private static final int MOST_SYMBOLS = 7;

  /** The last two are not for tame states. */
  private static final long[] INTERESTING = {
    0,
    1,
    -1,
    7,
    64,
    0xff,
    0x7fffffffL,
    0x80000000L,
    0xffffffffL,
    0x100000000L,
    -0x80000000L,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private final Random structure;
  private final Random numbers;
  private final double noise;
  private final boolean tame;
  private final List<Long> words = new ArrayList<>();

  private RandomStates(long structureSeed, long numberSeed, double noise, boolean tame) {
    this.structure = new Random(structureSeed);
    this.numbers = new Random(numberSeed);
    this.noise = noise;
    this.tame = tame;
  }

  /** A sample. Two with the same {@code structureSeed} can be joined. */
  static Sample sample(long structureSeed, long numberSeed, double noise) {
    return new RandomStates(structureSeed, numberSeed, noise, false).run();
  }

  /**
   * A sample without words near the ends of the 64-bit range. Differences beyond 2^62 are not stored, however they were found, so that the laws of the lattice hold
   * only without them.
   */
  static Sample tame(long structureSeed, long numberSeed, double noise) {
    return new RandomStates(structureSeed, numberSeed, noise, true).run();
  }

  private long interesting(Random random) {
    return INTERESTING[random.nextInt(tame ? INTERESTING.length - 2 : INTERESTING.length)];
  }

  /** A structural choice below {@code bound}. The structure's own random numbers are drawn in any case, so that later choices stay alike. */
  private int choose(int bound) {
    int choice = structure.nextInt(bound);
    return numbers.nextDouble() < noise ? numbers.nextInt(bound) : choice;
  }

  private long word() {
    return switch (numbers.nextInt(4)) {
      case 0 -> interesting(numbers);
      case 1 -> interesting(numbers) + numbers.nextInt(9) - 4;
      case 2 -> numbers.nextInt(40) - 20;
      default -> tame ? numbers.nextLong() >> 4 : numbers.nextLong();
    };
  }

  /** A scalar that contains a word. */
  private Scalar scalarAround(long word) {
    Scalar scalar = Scalar.constant(word);
    for (int i = numbers.nextInt(3); i >= 0; i--) {
      long other = numbers.nextInt(3) == 0 ? word() : word + numbers.nextInt(64) - 32;
      scalar = scalar.join(Scalar.constant(other));
    }
    return numbers.nextInt(8) == 0 && !tame ? Scalar.top() : scalar;
  }

  private Sample run() {
    // Shape: always the structure's, or states could not be joined.
    int depth = 1 + structure.nextInt(2);
    int loops = structure.nextInt(2);
    boolean reference = structure.nextInt(4) == 0;
    boolean locked = structure.nextInt(6) == 0;
    State state = new State(FRAME_BYTES, Relations.zones());
    words.add(0L);
    List<Fact> facts = new ArrayList<>();
    for (int i = 0; i < MOST_SYMBOLS; i++) {
      long word = defined(facts).orElseGet(this::word);
      words.add(word);
      state.numbers().fresh(scalarAround(word));
    }
    addBounds(facts);
    facts.forEach(state.numbers()::learn);
    relate(state);
    if (reference) {
      state.acquire();
    }
    List<Word> held = new ArrayList<>();
    if (depth == 2) {
      state.enter(FRAME_BYTES);
    }
    for (int r = 0; r < 10; r++) {
      state.setRegister(r, value(held, reference));
    }
    Value size = number(held);
    Value meta = number(held);
    state.setPacket(size, meta);
    if (locked) {
      state.setLock(Value.pointer(new Kind.MapValue(1, false, false, 1), 4));
      held.add(new Word(new Kind.MapValue(1, false, false, 1), 4));
    } else {
      held.add(Word.NOTHING);
    }
    List<List<StackByte>> stacks = new ArrayList<>();
    for (int f = 0; f < depth; f++) {
      Value[] saved = new Value[state.frame(f).saved().length];
      Value[] rising = new Value[loops];
      Value[] falling = new Value[loops];
      for (int i = 0; i < saved.length; i++) {
        saved[i] = value(held, reference);
      }
      for (int i = 0; i < loops; i++) {
        rising[i] = number(held);
      }
      for (int i = 0; i < loops; i++) {
        falling[i] = number(held);
      }
      int[] heads = new int[loops];
      Arrays.setAll(heads, i -> i + 1);
      List<StackByte> bytes =
          new ArrayList<>(java.util.Collections.nCopies(FRAME_BYTES, StackByte.NOTHING));
      StackFrame stack = stack(state, bytes, reference);
      stacks.add(bytes);
      state.setFrame(f, new Frame(stack, saved, heads, rising, falling));
    }
    return new Sample(state, new ConcreteState(List.copyOf(held), stacks));
  }

  /** Differences that the words satisfy. */
  private void relate(State state) {
    for (int i = choose(6); i > 0; i--) {
      int x = 1 + choose(MOST_SYMBOLS);
      int y = 1 + choose(MOST_SYMBOLS);
      try {
        long difference = Math.subtractExact(words.get(x), words.get(y));
        if (x != y) {
          state
              .numbers()
              .assumeDifference(
                  Value.ofSymbol(x),
                  Value.ofSymbol(y),
                  Math.addExact(difference, numbers.nextInt(4)));
        }
      } catch (ArithmeticException overflow) {
        // No bound that a word has room for.
      }
    }
  }

  /** The word of the next symbol, computed from those of others; the fact that says how is added to {@code facts}. */
  private Optional<Long> defined(List<Fact> facts) {
    int symbol = words.size();
    int how = choose(6);
    int x = 1 + choose(MOST_SYMBOLS);
    int y = 1 + choose(MOST_SYMBOLS);
    long constant = interesting(structure);
    int count = 1 + choose(63);
    Fact.Function function = Fact.Function.values()[choose(Fact.Function.values().length)];
    if (x >= symbol || y >= symbol) {
      return Optional.empty();
    }
    switch (how) {
      case 0, 1 -> {
        facts.add(new Fact.Sum(x, y, symbol, constant));
        return Optional.of(words.get(x) + words.get(y) - constant);
      }
      case 2 -> {
        facts.add(new Fact.Sum(symbol, y, x, constant));
        return Optional.of(words.get(x) + constant - words.get(y));
      }
      case 3 -> {
        long parameter =
            switch (function) {
              case BYTE_SWAP -> 16L << count % 3;
              case AND, MULTIPLY -> constant;
              case SHIFT_LEFT, SHIFT_RIGHT -> count;
              case DIVIDE -> count;
            };
        if (tame && (function == Fact.Function.MULTIPLY || function == Fact.Function.SHIFT_LEFT)) {
          return Optional.empty();
        }
        facts.add(new Fact.Image(symbol, function, parameter, x));
        return Optional.of(function.apply(words.get(x), parameter));
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  /** Bounds and words that are excluded, as far as they are true. */
  private void addBounds(List<Fact> facts) {
    for (int i = choose(4); i > 0; i--) {
      int x = 1 + choose(MOST_SYMBOLS);
      int y = 1 + choose(MOST_SYMBOLS);
      int total = choose(MOST_SYMBOLS + 1);
      long bound = interesting(structure);
      Fact fact = choose(2) == 0
          ? new Fact.AtMost(x, y, total, bound)
          : new Fact.Excluded(x, words.get(x) == bound ? bound + 1 : bound);
      if (fact.mayHold(symbol -> OptionalLong.of(words.get(symbol)))) {
        facts.add(fact);
      }
    }
  }

  private Value number(List<Word> held) {
    int form = choose(8);
    int symbol = 1 + choose(MOST_SYMBOLS);
    long shift = interesting(structure) + choose(5) - 2;
    Value value =
        switch (form) {
          case 0 -> Value.constant(word());
          case 1 -> new Value(Kind.Basic.NUMBER, Form.ZERO_EXTENDED, symbol, shift);
          case 2 -> new Value(Kind.Basic.NUMBER, Form.SIGN_EXTENDED, symbol, shift);
          case 3 -> new Value(Kind.Basic.NUMBER, Form.SHIFTED, symbol, shift);
          case 4 -> new Value(Kind.Basic.NUMBER, Form.FULL, symbol, shift);
          default -> Value.ofSymbol(symbol);
        };
    held.add(new Word(Kind.Basic.NUMBER, numberOf(value)));
    return value;
  }

  private long numberOf(Value value) {
    long sum = words.get(value.symbol()) + value.shift();
    return value.form() == Form.FULL ? sum : ConcreteState.inForm(value.form(), (int) sum);
  }

  private Value value(List<Word> held, boolean reference) {
    int choice = choose(14);
    Kind kind =
        switch (choice) {
          case 0 -> Kind.Basic.UNINITIALISED;
          case 1 -> Kind.Basic.UNUSABLE;
          case 2 -> Kind.Basic.CONTEXT;
          case 3 -> Kind.Basic.PACKET;
          case 4 -> new Kind.FramePointer(0);
          case 5 -> new Kind.MapValue(0, false, false, 0);
          case 6 -> new Kind.MapValue(0, false, true, 0);
          case 7 -> new Kind.Socket(SocketClass.FULL, numbers.nextBoolean(), 0, false);
          case 8 -> new Kind.Socket(SocketClass.FULL, false, reference ? 1 : 0, false);
          default -> Kind.Basic.NUMBER;
        };
    if (kind == Kind.Basic.UNINITIALISED) {
      held.add(numbers.nextBoolean() ? Word.NOTHING : new Word(Kind.Basic.NUMBER, word()));
      return Value.UNINITIALISED;
    }
    if (kind == Kind.Basic.UNUSABLE) {
      held.add(
          numbers.nextBoolean()
              ? new Word(Kind.Basic.CONTEXT, word())
              : new Word(Kind.Basic.NUMBER, word()));
      return Value.UNUSABLE;
    }
    if (kind == Kind.Basic.NUMBER) {
      return number(held);
    }
    int symbol = choose(3) == 0 ? 1 + choose(MOST_SYMBOLS) : 0;
    Value value =
        new Value(kind, Form.FULL, symbol, kind.nullable() && symbol == 0 ? 0 : 8L * choose(3));
    boolean isNull = kind.nullable() && numbers.nextBoolean();
    held.add(isNull ? new Word(Kind.Basic.NUMBER, 0) : new Word(kind.nonNull(), numberOf(value)));
    return value;
  }

  private StackFrame stack(State state, List<StackByte> bytes, boolean reference) {
    List<StackFrame.Cell> cells = new ArrayList<>();
    long[] initialised = new long[1];
    int at = 0;
    while (at < FRAME_BYTES) {
      int length = 1 << choose(4);
      int what = choose(5);
      if (at % length != 0 || at + length > FRAME_BYTES) {
        length = 1;
      }
      switch (what) {
        case 0 -> {
          // Nothing is known; something may be there all the same.
          if (numbers.nextBoolean()) {
            fill(bytes, at, length, new Word(Kind.Basic.NUMBER, word()));
          }
        }
        case 1 -> {
          fill(bytes, at, length, new Word(Kind.Basic.NUMBER, word()));
          initialised[0] |= mask(length) << at;
        }
        default -> {
          List<Word> held = new ArrayList<>();
          Value value = length == 8 ? value(held, reference) : small(state, held, length);
          if (!value.isUninitialised()) {
            fill(bytes, at, length, held.getFirst());
            cells.add(new StackFrame.Cell(at, length, value));
            initialised[0] |= mask(length) << at;
          }
        }
      }
      at += length;
    }
    return StackFrame.empty(FRAME_BYTES).with(cells, initialised);
  }

  /** A number of so many bytes. */
  private Value small(State state, List<Word> held, int length) {
    long mask = length == 8 ? -1 : (1L << (8 * length)) - 1;
    if (choose(6) == 0) {
      held.add(new Word(Kind.Basic.CONTEXT, word()));
      return Value.UNUSABLE;
    }
    int symbol = 1 + choose(MOST_SYMBOLS);
    if (length == 4 && choose(2) == 0) {
      Value half = new Value(Kind.Basic.NUMBER, Form.ZERO_EXTENDED, symbol, choose(100));
      held.add(new Word(Kind.Basic.NUMBER, numberOf(half)));
      return half;
    }
    long word = word() & mask;
    held.add(new Word(Kind.Basic.NUMBER, word));
    if (choose(3) == 0) {
      return Value.constant(word);
    }
    words.add(word);
    return Value.ofSymbol(
        state.numbers().fresh(Scalar.constant(word).join(Scalar.constant(word() & mask))));
  }

  private static void fill(List<StackByte> bytes, int at, int length, Word word) {
    for (int i = 0; i < length; i++) {
      bytes.set(at + i, new StackByte(word, i));
    }
  }

  private static long mask(int length) {
    return (1L << length) - 1;
  }
}
