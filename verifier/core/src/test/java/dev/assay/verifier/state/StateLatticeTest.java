package dev.assay.verifier.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.state.RandomStates.Sample;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Joins and inclusion of states of any kind, by what states describe. {@link StateLawsTest} has the laws of their lattice. */
class StateLatticeTest {
  @Property(tries = 2000)
  void theGeneratorsStatesDescribeTheirConcreteOnes(@ForAll long seed) {
    Sample sample = RandomStates.sample(seed, seed + 1, 0);
    assertTrue(sample.concrete().isDescribedBy(sample.state()));
  }

  @Property(tries = 2000)
  void theJoinDescribesWhatBothDescribe(
      @ForAll long structure, @ForAll long a, @ForAll long b, @ForAll boolean relate) {
    Sample left = RandomStates.sample(structure, a, 0.1);
    Sample right = RandomStates.sample(structure, b, 0.1);
    State join = StateJoin.join(left.state(), right.state(), relate);
    assertTrue(left.concrete().isDescribedBy(join));
    assertTrue(right.concrete().isDescribedBy(join));
  }

  @Property(tries = 1000)
  void theCanonicalFormDescribesTheSame(@ForAll long seed) {
    Sample sample = RandomStates.tame(seed, seed + 1, 0);
    State canonical = StateJoin.canonical(sample.state());
    assertTrue(sample.concrete().isDescribedBy(canonical));
    assertTrue(StateInclusion.includes(canonical, sample.state()));
    assertTrue(StateInclusion.includes(StateJoin.canonical(canonical), canonical));
    assertTrue(StateInclusion.includes(canonical, StateJoin.canonical(canonical)));
  }

  @Property(tries = 2000)
  void whatIsIncludedIsDescribed(@ForAll long structure, @ForAll long seed) {
    // A state changed a little, for the better or the worse: inclusion may say no, but not yes
    // where a concrete state is lost.
    Sample sample = RandomStates.sample(structure, seed, 0);
    for (int i = 0; i < 10; i++) {
      State other = changed(sample.state(), new Random(seed + i));
      if (StateInclusion.includes(other, sample.state())) {
        assertTrue(sample.concrete().isDescribedBy(other));
      }
    }
  }

  @Property(tries = 1000)
  void statesOfOneShapeAreIncludedOnlyIfDescribed(
      @ForAll long structure, @ForAll long a, @ForAll long b) {
    Sample small = RandomStates.sample(structure, a, 0.02);
    Sample other = RandomStates.sample(structure, b, 0.02);
    State large = StateJoin.join(
        other.state(), RandomStates.sample(structure, a + 1, 0.02).state(), false);
    if (StateInclusion.includes(large, small.state())) {
      assertTrue(small.concrete().isDescribedBy(large));
    }
  }

  @Property(tries = 300)
  void refiningTheSmallerStateKeepsItIncluded(@ForAll long structure, @ForAll long seed) {
    State small = RandomStates.tame(structure, seed, 0).state();
    State large =
        StateJoin.join(small, RandomStates.tame(structure, seed + 1, 0.1).state(), true);
    State refined = small.copy();
    boolean possible = true;
    for (int r = 0; r < 10; r++) {
      Value value = refined.register(r);
      if (value.isNumber() && possible) {
        possible = refined
            .numbers()
            .refine(value, Scalar.constant(refined.scalar(value).signedMin()));
      }
    }
    if (possible) {
      assertTrue(StateInclusion.includes(large, refined));
    }
  }

  @Property(tries = 500)
  void statesOfDifferentShapesAreNeverIncluded(@ForAll long seed) {
    State state = RandomStates.sample(seed, seed + 1, 0).state();
    State held = state.copy();
    held.acquire();
    assertFalse(StateInclusion.includes(state, held));
    assertFalse(StateInclusion.includes(held, state));
    State entered = state.copy();
    entered.enter(32);
    assertFalse(StateInclusion.includes(state, entered));
    State section = state.copy();
    section.setSections(new CriticalSections(1, 0));
    assertFalse(StateInclusion.includes(state, section));
  }

  /** One value, one cell or one bound changed. */
  private static State changed(State state, Random random) {
    State result = state.copy();
    int symbol = 1 + random.nextInt(result.numbers().count() - 1);
    int r = random.nextInt(10);
    Value value = result.register(r);
    switch (random.nextInt(9)) {
      case 0 -> result.setRegister(r, Value.UNINITIALISED);
      case 1 -> result.setRegister(r, Value.UNUSABLE);
      case 2 ->
        result.setRegister(
            r, new Value(value.kind(), value.form(), value.symbol(), value.shift() + 1));
      case 3 -> result.setRegister(r, result.numbers().freshValue(value.kind(), Scalar.top()));
      case 4 ->
        result.setRegister(r, new Value(value.kind(), Form.FULL, symbol, random.nextInt(3)));
      case 5 -> result.setRegister(r, value.withKind(KindMerge.nullable(value.kind())));
      case 6 -> result.numbers().refine(Value.ofSymbol(symbol), Scalar.signed(-100, 100));
      case 7 ->
        result
            .numbers()
            .setRelations(result
                .numbers()
                .relations()
                .assume(
                    symbol, 1 + random.nextInt(result.numbers().count() - 1), random.nextInt(50)));
      default -> {
        StackFrame stack = result.innermost().stack();
        if (stack.cells() > 0) {
          int cell = random.nextInt(stack.cells());
          stack = random.nextBoolean()
              ? stack.withoutCell(cell)
              : stack.withValue(
                  cell, random.nextBoolean() ? Value.UNUSABLE : Value.constant(random.nextInt(3)));
          result.setInnermost(result.innermost().withStack(stack));
        }
      }
    }
    return result;
  }
}
