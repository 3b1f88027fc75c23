package dev.assay.verifier.search;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Thresholds;
import dev.assay.verifier.PreparedProgram;
import dev.assay.verifier.UnsafePrograms;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A search with mistakes loses proofs, and makes none. */
class SearchFaultTest {
  private static final long STEPS = 20_000;

  /** Safe ones, whose proofs need joins, widening, and every path: each fault must show on one of them. */
  private static final List<PreparedProgram> SAFE =
      List.of(verify("""
          r6 = *(u32 *)(r1 + 12)
          r0 = 1
          if r6 == 0 goto join
          r0 = 2
          join:
          r1 = r10
          r1 += r0
          *(u8 *)(r1 - 8) = 1
          r0 = 0
          exit
          """), verify("""
              r6 = 0
              loop:
              r6 += 1
              r7 = r10
              r7 -= r6
              *(u8 *)(r7 + 0) = 1
              if r6 < 100 goto loop
              r0 = 0
              exit
              """), verify("""
                  *(u64 *)(r10 - 8) = 3
                  r6 = *(u32 *)(r1 + 12)
                  if r6 == 0 goto join
                  *(u64 *)(r10 - 8) = 5
                  join:
                  r6 = *(u64 *)(r10 - 8)
                  r1 = r10
                  r1 += r6
                  *(u8 *)(r1 - 8) = 1
                  r0 = 0
                  exit
                  """)).stream()
          .map(PreparedProgram::of)
          .toList();

  private static final List<PreparedProgram> UNSAFE =
      UnsafePrograms.ALL.stream().map(PreparedProgram::of).toList();

  /** What the judge says of what a search comes to, if it ends. */
  private static Optional<Judgement> judge(
      PreparedProgram program, Rung rung, int passes, Forgetting forgetting, Merging merging) {
    try {
      return Optional.of(program.judge(ProgramSearch.search(
          program.facts(), program.entry(), Effort.of(rung, passes, STEPS), forgetting, merging)));
    } catch (SearchExhausted exhausted) {
      return Optional.empty();
    }
  }

  private static Forgetting sound(PreparedProgram program) {
    return new ForgettingDead(program.facts().liveness());
  }

  /** What a search might get wrong when two states meet. */
  private enum Fault implements Merging {
    JOIN_KEEPS_THE_OLD {
      @Override
      public State join(State kept, State arriving, boolean relating) {
        return kept;
      }
    },
    JOIN_KEEPS_THE_NEW {
      @Override
      public State join(State kept, State arriving, boolean relating) {
        return arriving.copy();
      }
    },
    EVERYTHING_IS_COVERED {
      @Override
      public boolean covers(State kept, State arriving) {
        return true;
      }
    },
    COVERED_IF_THE_FRAME_IS_LEFT_OUT {
      @Override
      public boolean covers(State kept, State arriving) {
        for (int r = 0; r < 10; r++) {
          if (!kept.scalar(kept.register(r)).includes(arriving.scalar(arriving.register(r)))) {
            return false;
          }
        }
        return true;
      }
    },
    WIDENING_KEEPS_THE_OLD {
      @Override
      public State widen(State kept, State joined, Thresholds thresholds) {
        return kept;
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAFaultTheSafeOnesAreProved(Rung rung) {
    for (PreparedProgram program : SAFE) {
      assertTrue(judge(program, rung, 2, sound(program), Merging.OF_LATTICE)
          .filter(Judgement::accepts)
          .isPresent());
    }
  }

  /** On the coarsest rung, where states do meet. A widening that stays where it is makes a search without end, which the budget sees. */
  @ParameterizedTest
  @EnumSource
  void everyFaultIsSeen(Fault fault) {
    boolean seen = false;
    for (PreparedProgram program : SAFE) {
      Optional<Judgement> judgement = judge(program, Rung.KINDS, 0, sound(program), fault);
      seen |= judgement.isEmpty() || !judgement.get().inductive();
    }
    assertTrue(seen, "the judge took everything for invariants");
  }

  @ParameterizedTest
  @EnumSource
  void noFaultProvesAnUnsafeProgram(Fault fault) {
    for (PreparedProgram program : UNSAFE) {
      for (Rung rung : Rung.values()) {
        for (int passes = 0; passes <= 2; passes++) {
          assertNotProved(judge(program, rung, passes, sound(program), fault));
          assertNotProved(judge(program, rung, passes, Forgetting.NOTHING, fault));
        }
      }
    }
  }

  /** Each meeting of states is decided by chance: right, or by one of the faults. */
  @Property(tries = 2000)
  void noMixtureOfFaultsProvesAnUnsafeProgram(
      @ForAll @IntRange(min = 0, max = 7) int program,
      @ForAll Rung rung,
      @ForAll @IntRange(min = 0, max = 2) int passes,
      @ForAll long seed) {
    PreparedProgram chosen = UNSAFE.get(program);
    Random random = new Random(seed);
    Fault[] faults = Fault.values();
    Merging mixture = new Merging() {
      private Merging next() {
        return random.nextBoolean() ? OF_LATTICE : faults[random.nextInt(faults.length)];
      }

      @Override
      public boolean covers(State kept, State arriving) {
        return next().covers(kept, arriving);
      }

      @Override
      public State join(State kept, State arriving, boolean relating) {
        return next().join(kept, arriving, relating);
      }

      @Override
      public State widen(State kept, State joined, Thresholds thresholds) {
        return next().widen(kept, joined, thresholds);
      }
    };
    assertNotProved(judge(chosen, rung, passes, wrongLiveness(chosen, random), mixture));
  }

  /** Now and then takes a register for dead that is not, or nothing for dead. */
  private static Forgetting wrongLiveness(PreparedProgram program, Random random) {
    Forgetting sound = sound(program);
    return new Forgetting() {
      @Override
      public void before(State state, int slot) {
        switch (random.nextInt(8)) {
          case 0 -> state.setRegister(random.nextInt(10), Value.UNINITIALISED);
          case 1, 2 -> {}
          default -> sound.before(state, slot);
        }
      }

      @Override
      public void inCaller(State state, int slot) {
        if (random.nextInt(4) > 0) {
          sound.inCaller(state, slot);
        }
      }
    };
  }

  private static void assertNotProved(Optional<Judgement> judgement) {
    assertFalse(judgement.filter(Judgement::accepts).isPresent());
  }
}
