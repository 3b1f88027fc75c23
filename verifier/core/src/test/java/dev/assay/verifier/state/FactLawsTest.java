package dev.assay.verifier.state;

import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.numeric.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The lattice of facts: states of three numbers in registers, which differ in what is known beside their ranges. */
class FactLawsTest extends StateLaws {
  FactLawsTest() {
    super(Thresholds.of(0, 1L << 20));
  }

  /** Those of one family have the third word from the first two by the same rule, and say so most of the time. */
  @Override
  public Sample<State, ConcreteState> sample(long family, long seed) {
    Random alike = new Random(family);
    Random random = new Random(seed);
    long[] words = {0, random.nextInt(40), random.nextInt(40), 0};
    Fact rule = rule(alike, words);
    State state = new State(32, Relations.zones());
    for (int symbol = 1; symbol <= 3; symbol++) {
      long slack = random.nextInt(3);
      state.numbers().fresh(Scalar.signed(words[symbol] - slack, words[symbol] + slack));
    }
    if (random.nextInt(8) > 0) {
      state.numbers().learn(rule);
    }
    for (int i = alike.nextInt(3); i > 0; i--) {
      state.numbers().learn(truth(alike, random, words));
    }
    List<Long> held = new ArrayList<>();
    for (int r = 1; r <= 3; r++) {
      long shift = alike.nextInt(3) == 0 ? random.nextInt(4) : 0;
      state.setRegister(r, new Value(Kind.Basic.NUMBER, Form.FULL, r, shift));
      held.add(words[r] + shift);
    }
    return new Sample<>(StateJoin.canonical(state), List.of(concrete(state, held)));
  }

  /** A fact about the third word, which it sets. */
  private static Fact rule(Random alike, long[] words) {
    long constant = alike.nextInt(8);
    int which = alike.nextInt(Fact.Function.values().length + 1);
    if (which == Fact.Function.values().length) {
      words[3] = words[1] + words[2] - constant;
      return new Fact.Sum(1, 2, 3, constant);
    }
    Fact.Function function = Fact.Function.values()[which];
    long parameter = function == Fact.Function.BYTE_SWAP ? 16 : constant + 1;
    words[3] = function.apply(words[1], parameter);
    return new Fact.Image(3, function, parameter, 1);
  }

  /** Something else that is true of the words, of a shape that the family has. */
  private static Fact truth(Random alike, Random random, long[] words) {
    int x = 1 + alike.nextInt(3);
    int y = 1 + alike.nextInt(3);
    int total = alike.nextInt(4);
    long excluded = alike.nextInt(40);
    if (alike.nextBoolean()) {
      return new Fact.AtMost(x, y, total, words[x] + words[y] - words[total] + random.nextInt(3));
    }
    return new Fact.Excluded(x, words[x] == excluded ? excluded + 1 : excluded);
  }

  private static ConcreteState concrete(State state, List<Long> numbers) {
    List<ConcreteState.Word> held = new ArrayList<>();
    for (Value value : ConcreteState.locations(state)) {
      held.add(
          value.isUninitialised()
              ? ConcreteState.Word.NOTHING
              : new ConcreteState.Word(
                  Kind.Basic.NUMBER,
                  value.isLiteral() ? value.shift() : numbers.get(value.symbol() - 1)));
    }
    return new ConcreteState(
        held,
        List.of(java.util.Collections.nCopies(
            state.frame(0).stack().size(), ConcreteState.StackByte.NOTHING)));
  }

  @Override
  public int longestChain() {
    return 20;
  }

  @Override
  public int missesPerThousand() {
    return 1;
  }
}
