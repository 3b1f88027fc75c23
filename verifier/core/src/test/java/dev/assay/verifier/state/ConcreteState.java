package dev.assay.verifier.state;

import dev.assay.numeric.Condition;
import dev.assay.numeric.Scalar;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One machine state, as the analysis sees machines: each location holds nothing, a number, or a pointer with its offset.
 *
 * @param words what the locations hold that are no stack bytes, in the order of {@link #locations}
 * @param stacks the bytes of each activation's stack, lowest first
 */
record ConcreteState(List<Word> words, List<List<StackByte>> stacks) {

  /** What a location holds. Null is the number 0. */
  record Word(Kind kind, long number) {
    static final Word NOTHING = new Word(Kind.Basic.UNINITIALISED, 0);

    boolean isNumber() {
      return kind == Kind.Basic.NUMBER;
    }
  }

  /** A byte of a stack: not written, or the {@code index}-th byte of a word that was stored there. */
  record StackByte(Word word, int index) {
    static final StackByte NOTHING = new StackByte(Word.NOTHING, 0);

    boolean written() {
      return word.kind() != Kind.Basic.UNINITIALISED;
    }

    int octet() {
      return (int) (word.number() >>> (8 * index)) & 0xff;
    }
  }

  /** The values of a state beside its stacks, in a fixed order. */
  static List<Value> locations(State state) {
    List<Value> values = new ArrayList<>();
    for (int r = 0; r < 10; r++) {
      values.add(state.register(r));
    }
    values.add(state.packetSize());
    values.add(state.packetMeta());
    values.add(state.lock());
    for (int f = 0; f < state.depth(); f++) {
      values.addAll(List.of(state.frame(f).saved()));
      values.addAll(List.of(state.frame(f).rising()));
      values.addAll(List.of(state.frame(f).falling()));
    }
    return values;
  }

  /** Whether the state describes this one: whether words for its symbols exist that agree with all that it says. */
  boolean isDescribedBy(State state) {
    return new Search(state).run();
  }

  /**
   * The words of symbols follow from the locations. Where only low halves follow, a word is taken to exist if the scalar permits the half: the
   * answer may be yes where it should be no, never the other way round.
   */
  private final class Search {
    private final State state;
    private final List<Optional<Long>> words = new ArrayList<>();
    private final List<Value> halves = new ArrayList<>();
    private final List<Long> numbersOfHalves = new ArrayList<>();

    Search(State state) {
      this.state = state;
      words.add(Optional.of(0L));
      for (int symbol = 1; symbol < state.numbers().count(); symbol++) {
        words.add(Optional.empty());
      }
    }

    boolean run() {
      List<Value> values = locations(state);
      if (values.size() != ConcreteState.this.words.size() || state.depth() != stacks.size()) {
        return false;
      }
      for (int i = 0; i < values.size(); i++) {
        if (!holds(values.get(i), ConcreteState.this.words.get(i))) {
          return false;
        }
      }
      for (int f = 0; f < state.depth(); f++) {
        if (!holds(state.frame(f).stack(), stacks.get(f))) {
          return false;
        }
      }
      return halvesAgree() && scalarsAgree() && relationsAgree() && factsAgree();
    }

    private boolean holds(Value value, Word word) {
      Kind kind = value.kind();
      if (kind == Kind.Basic.UNINITIALISED) {
        return true;
      }
      if (kind == Kind.Basic.UNUSABLE) {
        return word.kind() != Kind.Basic.UNINITIALISED;
      }
      if (kind.nullable() && word.isNumber() && word.number() == 0) {
        return true;
      }
      if (!kind.nonNull().equals(word.kind())) {
        return false;
      }
      if (value.isLiteral()) {
        return value.shift() == word.number();
      }
      if (value.form() != Form.FULL) {
        halves.add(value);
        numbersOfHalves.add(word.number());
        return true;
      }
      long found = word.number() - value.shift();
      Optional<Long> known = words.set(value.symbol(), Optional.of(found));
      return known.isEmpty() || known.get() == found;
    }

    private boolean holds(StackFrame frame, List<StackByte> bytes) {
      for (int index = 0; index < frame.size(); index++) {
        if (frame.isInitialised(index) && !bytes.get(index).written()) {
          return false;
        }
      }
      boolean[] inCell = new boolean[frame.size()];
      for (int i = 0; i < frame.cells(); i++) {
        List<StackByte> cell = bytes.subList(frame.start(i), frame.start(i) + frame.length(i));
        for (int index = frame.start(i); index < frame.start(i) + frame.length(i); index++) {
          inCell[index] = true;
        }
        if (!holdsCell(frame.value(i), cell)) {
          return false;
        }
      }
      for (int index = 0; index < frame.size(); index++) {
        if (!inCell[index]
            && frame.isInitialised(index)
            && !bytes.get(index).word().isNumber()) {
          return false;
        }
      }
      return true;
    }

    private boolean holdsCell(Value value, List<StackByte> bytes) {
      if (value.isUninitialised()) {
        return true;
      }
      if (value.kind() == Kind.Basic.UNUSABLE) {
        return bytes.stream().allMatch(StackByte::written);
      }
      if (bytes.stream().allMatch(octet -> octet.word().isNumber())) {
        long number = 0;
        for (int i = 0; i < bytes.size(); i++) {
          number |= (long) bytes.get(i).octet() << (8 * i);
        }
        return holds(value, new Word(Kind.Basic.NUMBER, number));
      }
      for (int i = 0; i < 8; i++) {
        if (bytes.size() != 8
            || bytes.get(i).index() != i
            || !bytes.get(i).word().equals(bytes.getFirst().word())) {
          return false;
        }
      }
      return holds(value, bytes.getFirst().word());
    }

    private boolean halvesAgree() {
      List<Optional<Integer>> low = new ArrayList<>();
      words.forEach(word -> low.add(word.map(Long::intValue)));
      for (int i = 0; i < halves.size(); i++) {
        Value value = halves.get(i);
        long number = numbersOfHalves.get(i);
        int half = value.form() == Form.SHIFTED ? (int) (number >>> 32) : (int) number;
        if (number != inForm(value.form(), half)) {
          return false;
        }
        int found = half - (int) value.shift();
        Optional<Integer> known = low.set(value.symbol(), Optional.of(found));
        if (known.isPresent() && known.get() != found) {
          return false;
        }
      }
      for (int symbol = 1; symbol < low.size(); symbol++) {
        if (low.get(symbol).isPresent()) {
          Scalar half = Scalar.constant(low.get(symbol).get());
          if (Scalar.assume(Condition.EQ, true, state.numbers().ofSymbol(symbol), half)
              .left()
              .isBottom()) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean factsAgree() {
      return state.numbers().facts().all().stream()
          .allMatch(fact -> fact.mayHold(
              symbol -> words.get(symbol).map(OptionalLong::of).orElse(OptionalLong.empty())));
    }

    private boolean scalarsAgree() {
      for (int symbol = 1; symbol < words.size(); symbol++) {
        Scalar scalar = state.numbers().ofSymbol(symbol);
        if (scalar.isBottom()
            || (words.get(symbol).isPresent()
                && !scalar.contains(words.get(symbol).get()))) {
          return false;
        }
      }
      return true;
    }

    private boolean relationsAgree() {
      boolean[] agree = {!state.numbers().relations().isBottom()};
      state.numbers().relations().forEach((x, y, bound) -> {
        if (words.get(x).isPresent() && words.get(y).isPresent()) {
          BigInteger difference = BigInteger.valueOf(words.get(x).get())
              .subtract(BigInteger.valueOf(words.get(y).get()));
          agree[0] &= difference.compareTo(BigInteger.valueOf(bound)) <= 0;
        }
      });
      return agree[0];
    }
  }

  /** A half as a value of this form holds it. */
  static long inForm(Form form, int half) {
    return switch (form) {
      case FULL -> throw new IllegalArgumentException("not a half");
      case ZERO_EXTENDED -> half & 0xffffffffL;
      case SIGN_EXTENDED -> half;
      case SHIFTED -> (long) half << 32;
    };
  }
}
