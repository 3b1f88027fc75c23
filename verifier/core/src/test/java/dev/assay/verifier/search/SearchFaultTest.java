package dev.assay.verifier.search;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Thresholds;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.Entry;
import dev.assay.verifier.UnsafePrograms;
import dev.assay.verifier.Verification;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
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
  private static final List<Prepared> SAFE =
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
                  """)).stream().map(Prepared::of).toList();

  private static final List<Prepared> UNSAFE =
      UnsafePrograms.ALL.stream().map(Prepared::of).toList();

  private record Prepared(Setting setting, ProgramShape shape, ProgramFacts facts, State entry) {
    static Prepared of(Verification verification) {
      try {
        BpfProgram program = verification.program();
        ProgramShape shape = new ProgramShape(ControlFlowGraph.of(program));
        Setting setting = new Setting(
            verification.object(program),
            program,
            LinuxPlatform.load(),
            verification.kind(),
            new Entry.Context(),
            verification.options(),
            false);
        State entry = new Execution(setting, shape, Reporter.NONE).entry(Relations.zones());
        return new Prepared(setting, shape, ProgramFacts.of(setting, shape), entry);
      } catch (MalformedGraphException malformed) {
        throw new AssertionError(malformed);
      }
    }

    /** What the judge says of what a search comes to, if it ends. */
    Optional<Judgement> judge(Rung rung, int passes, Forgetting forgetting, Merging merging) {
      try {
        Claims claims =
            ProgramSearch.search(facts, entry, Effort.of(rung, passes, STEPS), forgetting, merging);
        State begun = entry.copy();
        new Execution(setting, shape, Reporter.NONE).begin(begun, shape.graph().entry());
        return Optional.of(Judge.judge(setting, shape, claims, begun));
      } catch (SearchExhausted exhausted) {
        return Optional.empty();
      }
    }

    Forgetting sound() {
      return new ForgettingDead(facts.liveness());
    }
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
    };

    @Override
    public boolean covers(State kept, State arriving) {
      return OF_LATTICE.covers(kept, arriving);
    }

    @Override
    public State join(State kept, State arriving, boolean relating) {
      return OF_LATTICE.join(kept, arriving, relating);
    }

    @Override
    public State widen(State kept, State joined, Thresholds thresholds) {
      return OF_LATTICE.widen(kept, joined, thresholds);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutAFaultTheSafeOnesAreProved(Rung rung) {
    for (Prepared program : SAFE) {
      assertTrue(program
          .judge(rung, 2, program.sound(), Merging.OF_LATTICE)
          .filter(Judgement::accepts)
          .isPresent());
    }
  }

  /** On the coarsest rung, where states do meet. A widening that stays where it is makes a search without end, which the budget sees. */
  @ParameterizedTest
  @EnumSource
  void everyFaultIsSeen(Fault fault) {
    boolean seen = false;
    for (Prepared program : SAFE) {
      Optional<Judgement> judgement = program.judge(Rung.KINDS, 0, program.sound(), fault);
      seen |= judgement.isEmpty() || !judgement.get().inductive();
    }
    assertTrue(seen, "the judge took everything for invariants");
  }

  @ParameterizedTest
  @EnumSource
  void noFaultProvesAnUnsafeProgram(Fault fault) {
    for (Prepared program : UNSAFE) {
      for (Rung rung : Rung.values()) {
        for (int passes = 0; passes <= 2; passes++) {
          assertNotProved(program.judge(rung, passes, program.sound(), fault));
          assertNotProved(program.judge(rung, passes, Forgetting.NOTHING, fault));
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
    Prepared chosen = UNSAFE.get(program);
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
    assertNotProved(chosen.judge(rung, passes, wrongLiveness(chosen, random), mixture));
  }

  /** Now and then takes a register for dead that is not, or nothing for dead. */
  private static Forgetting wrongLiveness(Prepared program, Random random) {
    Forgetting sound = program.sound();
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
