package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.PACKET;
import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.numeric.Scalar;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.FunctionClaim;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.Effort;
import dev.assay.verifier.search.ProgramSearch;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.state.Frame;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The judge is not to be deceived: whatever the search claims, only what is so is accepted. */
class JudgeFaultTest {
  private static final String LOOP = """
      r6 = 0
      loop:
      r6 += 1
      if r6 != 10 goto loop
      r0 = 0
      exit
      """;

  private static final String CALL = UnsafePrograms.call(7);

  /** A program, searched once. */
  private record Searched(PreparedProgram program, Claims claims) {
    static Searched of(Verification verification) {
      PreparedProgram program = PreparedProgram.of(verification);
      try {
        return new Searched(
            program,
            ProgramSearch.search(
                program.facts(), program.entry(), Effort.of(Rung.KINDS, 2, 1_000_000)));
      } catch (SearchExhausted exhausted) {
        throw new AssertionError(exhausted);
      }
    }

    Judgement judge(Claims other) {
      return program.judge(other);
    }

    Judgement judgeMain(UnaryOperator<FunctionClaim> change) {
      return judge(new Claims(change.apply(claims.main()), claims.callees()));
    }
  }

  private static void assertCaught(Searched searched, UnaryOperator<FunctionClaim> change) {
    assertTrue(searched.judge(searched.claims()).accepts(), "without the fault it is accepted");
    assertFalse(searched.judgeMain(change).inductive(), "the fault is not seen");
  }

  /** The claim with the states of one block changed. */
  private static UnaryOperator<FunctionClaim> at(int block, UnaryOperator<List<State>> change) {
    return claim -> {
      List<List<State>> states = new ArrayList<>(claim.states());
      states.set(block, change.apply(states.get(block)));
      return TamperedClaims.with(claim, claim.entry(), states, claim.exits());
    };
  }

  private static UnaryOperator<List<State>> each(UnaryOperator<State> change) {
    return states -> states.stream().map(state -> change.apply(state.copy())).toList();
  }

  private static int headOf(Searched searched) {
    for (int block = 0; block < searched.claims().main().states().size(); block++) {
      if (searched.program().shape().order(searched.claims().main().function()).isHead(block)) {
        return block;
      }
    }
    throw new AssertionError("no loop");
  }

  @Test
  void aDroppedStateIsMissed() {
    for (Verification program : List.of(verify(LOOP), verify(CALL))) {
      Searched searched = Searched.of(program);
      List<List<State>> states = searched.claims().main().states();
      for (int block = 0; block < states.size(); block++) {
        if (!states.get(block).isEmpty()) {
          assertCaught(searched, at(block, all -> List.of()));
        }
      }
    }
  }

  @Test
  void aBoundThatIsTooTightIsSeen() {
    Searched searched = Searched.of(verify(LOOP));
    assertCaught(searched, at(headOf(searched), each(state -> {
      state.numbers().refine(state.register(6), Scalar.signed(0, 8));
      return state;
    })));
  }

  @Test
  void aPointerThatIsClaimedNotToBeNullIsSeen() {
    Searched searched = Searched.of(verify("""
        r6 = *(u32 *)(r1 + 12)
        """ + LOOKUP + """
        if r6 == 0 goto join
        r7 = 1
        join:
        if r0 == 0 goto out
        r0 = *(u8 *)(r0 + 0)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(8)));
    boolean[] changed = {false};
    UnaryOperator<FunctionClaim> fault = claim -> {
      List<List<State>> states = claim.states().stream()
          .map(each(state -> {
            Value r0 = state.register(0);
            if (r0.kind().nullable()) {
              changed[0] = true;
              state.setRegister(0, r0.withKind(r0.kind().nonNull()));
            }
            return state;
          }))
          .toList();
      return TamperedClaims.with(claim, claim.entry(), states, claim.exits());
    };
    assertCaught(searched, fault);
    assertTrue(changed[0]);
  }

  @Test
  void aCounterThatIsClaimedToStandStillIsSeen() {
    Searched searched = Searched.of(verify(LOOP));
    assertCaught(searched, at(headOf(searched), each(state -> {
      Frame frame = state.innermost();
      state.setInnermost(frame.withLoops(
          frame.loops(), new Value[] {Value.constant(0)}, new Value[] {Value.constant(0)}));
      return state;
    })));
  }

  @Test
  void countersThatAreLeftOutGiveNoBound() {
    Searched searched = Searched.of(verify(LOOP));
    Judgement judgement = searched.judgeMain(at(headOf(searched), each(state -> {
      state.setInnermost(state.innermost().withLoops(new int[0], new Value[0], new Value[0]));
      return state;
    })));
    assertFalse(judgement.accepts());
  }

  @Test
  void aStackByteThatIsClaimedToBeWrittenIsSeen() {
    Searched searched = Searched.of(verify(LOOP));
    assertCaught(searched, at(headOf(searched), each(state -> {
      state.setInnermost(state
          .innermost()
          .withStack(state
              .innermost()
              .stack()
              .overwritten(0, 8, null, (value, start, length, index, piece) -> null)));
      return state;
    })));
  }

  @Test
  void anEntryThatIsClaimedToBeNarrowerIsSeen() {
    Searched searched = Searched.of(verify(PACKET + """
        r4 = r2
        r4 += 14
        if r4 > r3 goto out
        r0 = *(u8 *)(r2 + 0)
        out:
        r0 = 0
        exit
        """));
    assertCaught(searched, claim -> {
      State entry = claim.entry().copy();
      entry.numbers().refine(entry.packetSize(), Scalar.signed(14, 0xffff));
      return TamperedClaims.with(claim, entry, claim.states(), claim.exits());
    });
  }

  @Test
  void anExitOfACalleeThatIsWrongIsSeen() {
    Searched searched = Searched.of(verify(CALL));
    assertTrue(searched.judge(searched.claims()).accepts());
    int slot = searched.claims().callees().keySet().iterator().next();
    FunctionClaim claim = searched.claims().callees().get(slot).getFirst();
    for (List<State> exits : List.of(
        List.<State>of(),
        each(state -> {
              state.setRegister(0, Value.constant(1));
              return state;
            })
            .apply(claim.exits()))) {
      Claims tampered = new Claims(
          searched.claims().main(),
          Map.of(slot, List.of(TamperedClaims.with(claim, claim.entry(), claim.states(), exits))));
      assertFalse(searched.judge(tampered).inductive());
    }
  }

  @Test
  void aCalleeWithoutClaimsIsSeen() {
    Searched searched = Searched.of(verify(CALL));
    assertFalse(searched.judge(new Claims(searched.claims().main(), Map.of())).inductive());
  }

  @Test
  void aReferenceThatIsClaimedToBeReleasedIsSeen() {
    Searched searched = Searched.of(verify("""
        r6 = *(u32 *)(r1 + 12)
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        if r6 == 0 goto join
        *(u64 *)(r0 + 0) = 1
        join:
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """).with(Maps.ringBuffer()));
    boolean[] changed = {false};
    assertCaught(searched, claim -> {
      List<List<State>> states = claim.states().stream()
          .map(each(state -> {
            for (int reference : state.references()) {
              changed[0] = true;
              state.forgetReference(reference);
            }
            return state;
          }))
          .toList();
      return TamperedClaims.with(claim, claim.entry(), states, claim.exits());
    });
    assertTrue(changed[0]);
  }

  private static final List<Searched> UNSAFE =
      UnsafePrograms.ALL.stream().map(Searched::of).toList();

  @Property(tries = 3000)
  void noFaultyClaimsMakeAnUnsafeProgramSafe(
      @ForAll @IntRange(min = 0, max = 7) int program,
      @ForAll @IntRange(min = 0, max = 6) int faults,
      @ForAll long seed) {
    Searched searched = UNSAFE.get(program);
    assertFalse(searched
        .judge(TamperedClaims.random(searched.claims(), faults, new Random(seed)))
        .accepts());
  }

  private static final Searched TEN_ROUNDS = Searched.of(verify(LOOP));

  private static final Searched NESTED = Searched.of(verify("""
      r6 = 0
      outer:
      r7 = 0
      inner:
      r7 += 1
      if r7 != 5 goto inner
      r6 += 1
      if r6 != 4 goto outer
      r0 = 0
      exit
      """));

  @Property(tries = 2000)
  void noFaultyClaimsMakeAWorstCaseBetterThanWhatARunTakes(
      @ForAll boolean nested, @ForAll @IntRange(min = 0, max = 6) int faults, @ForAll long seed) {
    Searched searched = nested ? NESTED : TEN_ROUNDS;
    long real = nested ? 1 + 4 * (1 + 5 * 2 + 2) + 2 : 1 + 10 * 2 + 2;
    Judgement judgement =
        searched.judge(TamperedClaims.random(searched.claims(), faults, new Random(seed)));
    if (judgement.accepts()) {
      assertTrue(
          judgement.worstCase().orElse(Long.MAX_VALUE) >= real,
          () -> judgement.worstCase().toString());
    }
  }
}
