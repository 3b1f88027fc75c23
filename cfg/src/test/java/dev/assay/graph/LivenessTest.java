package dev.assay.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.isa.Assembler;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private static Liveness liveness(String assembly, CallEffects effects)
      throws MalformedGraphException {
    return Liveness.of(ControlFlowGraph.of(Assembler.assemble(assembly)), effects);
  }

  private static Liveness liveness(String assembly) throws MalformedGraphException {
    return liveness(assembly, CallEffects.conservative());
  }

  /** A platform function that reads r1 and r2: r1 a map, r2 a key of 4 bytes. */
  private static final CallEffects LOOKUP = new CallEffects() {
    @Override
    public int argumentsRead(CallSite site) {
      return 0b110;
    }

    @Override
    public List<Access> accesses(CallSite site) {
      return List.of(new Access(Register.R2, OptionalInt.of(4), true, Writing.NEVER));
    }

    @Override
    public boolean mayReturnArgument(CallSite site) {
      return false;
    }
  };

  @Test
  void aRegisterIsLiveFromItsWriteToItsLastRead() throws Exception {
    Liveness liveness = liveness("""
          r6 = 1
          r0 = r6
          exit
        """);
    assertFalse(liveness.isLive(0, Register.R6));
    assertTrue(liveness.isLive(1, Register.R6));
    assertFalse(liveness.isLive(2, Register.R6));
    assertTrue(liveness.isLive(2, Register.R0));
  }

  @Test
  void aRegisterThatALoopReadsIsLiveThroughoutIt() throws Exception {
    Liveness liveness = liveness("""
          r0 = 0
        loop:
          r0 += 1
          if r0 < 9 goto loop
          r0 = r7
          exit
        """);
    assertEquals(1 << 7, liveness.registersBefore(0));
    assertEquals(1 | 1 << 7, liveness.registersBefore(1));
    assertEquals(1 | 1 << 7, liveness.registersBefore(2));
  }

  @Test
  void aStoreKillsJustItsBytes() throws Exception {
    Liveness liveness = liveness("""
          *(u32 *)(r10 - 8) = 1
          r0 = *(u64 *)(r10 - 8)
          exit
        """);
    assertTrue(liveness.isAnyLive(0, -4, 4));
    assertFalse(liveness.isAnyLive(0, -8, 4));
    assertTrue(liveness.isLive(1, -8));
    assertFalse(liveness.isAnyLive(2, -512, 512));
  }

  @Test
  void aCallOfAPlatformFunctionReadsWhatItsEffectsSay() throws Exception {
    Liveness liveness = liveness("""
          *(u64 *)(r10 - 16) = 1
          r2 = r10
          r2 += -8
          r1 = map_by_idx(0) ll
          call 1
          r0 = 0
          exit
        """, LOOKUP);
    long[] live = new long[8];
    liveness.stackBefore(0, live);
    assertEquals(0xfL << 56, live[7]);
    assertEquals(1 << 10, liveness.registersBefore(0));
  }

  @Test
  void aPointerThatTheCallDoesNotReturnLeavesTheFrameAlone() throws Exception {
    Liveness liveness = liveness("""
          r2 = r10
          r2 += -4
          r1 = map_by_idx(0) ll
          call 1
          if r0 == 0 goto out
          r0 = *(u64 *)(r0 + 0)
        out:
          exit
        """, LOOKUP);
    assertFalse(liveness.isAnyLive(5, -512, 512));
  }

  @Test
  void withoutEffectsACallReadsTheFrameFromItsPointerUpward() throws Exception {
    Liveness liveness = liveness("""
          r1 = r10
          r1 += -16
          call 1
          r0 = 0
          exit
        """);
    assertTrue(liveness.isLive(0, -16));
    assertTrue(liveness.isLive(0, -1));
    assertFalse(liveness.isLive(0, -17));
  }

  @Test
  void aSpilledPointerIsFollowed() throws Exception {
    Liveness liveness = liveness("""
          r1 = r10
          r1 += -64
          *(u64 *)(r10 - 8) = r1
          r2 = *(u64 *)(r10 - 8)
          r0 = *(u8 *)(r2 + 1)
          exit
        """);
    assertTrue(liveness.isLive(0, -63));
    assertFalse(liveness.isLive(0, -64));
    assertFalse(liveness.isLive(0, -8));
  }

  @Test
  void aPointerSpilledAcrossTwoCellsIsNotForgotten() throws Exception {
    Liveness liveness = liveness("""
          r1 = r10
          r1 += -64
          *(u64 *)(r10 - 12) = r1
          r2 = *(u64 *)(r10 - 12)
          r0 = *(u8 *)(r2 + 0)
          exit
        """);
    assertTrue(liveness.isLive(0, -64));
  }

  @Test
  void aPointerThatACallMayHaveOverwrittenKillsNothing() throws Exception {
    Liveness liveness = liveness("""
          r1 = r10
          r1 += -64
          *(u64 *)(r10 - 8) = r1
          r1 = r10
          r1 += -8
          call 1
          r2 = *(u64 *)(r10 - 8)
          *(u8 *)(r2 + 0) = 0
          r0 = *(u8 *)(r10 - 64)
          exit
        """);
    assertTrue(liveness.isLive(6, -64));
  }

  @Test
  void aPointerThatMayAlsoPointElsewhereReadsButKillsNothing() throws Exception {
    String code = """
          if r1 == 0 goto elsewhere
          r2 = r10
          r2 += -64
        elsewhere:
          %s
          r0 = *(u8 *)(r10 - 64)
          exit
        """;
    Liveness reading = liveness(code.formatted("r0 = *(u8 *)(r2 + 4)"));
    assertTrue(reading.isLive(0, -60));
    assertFalse(reading.isLive(0, -61));
    assertTrue(liveness(code.formatted("*(u8 *)(r2 + 0) = 0")).isLive(3, -64));
  }

  @Test
  void aStoreThatMayGoElsewhereLeavesASpilledPointer() throws Exception {
    assertTrue(afterPerhapsFrame("""
          *(u64 *)(r2 + 0) = 0
          r4 = *(u64 *)(r10 - 8)
        """).isLive(0, -64));
  }

  @Test
  void aLoadThatMayGoElsewhereMayFindAnEscapedPointer() throws Exception {
    assertTrue(afterPerhapsFrame("""
          *(u64 *)(r10 - 8) = 0
          *(u64 *)(r1 + 0) = r3
          r4 = *(u64 *)(r2 + 0)
        """).isLive(0, -64));
  }

  @Test
  void aPointerStoredPerhapsElsewhereMayHaveEscaped() throws Exception {
    assertTrue(afterPerhapsFrame("""
          *(u64 *)(r2 + 0) = r3
          r4 = *(u64 *)(r1 + 0)
        """).isLive(0, -64));
  }

  /**
   * Code that finds r3 and the spill slot at −8 pointing to −64, and r2 to −8 or elsewhere, and then reads through r4.
   */
  private static Liveness afterPerhapsFrame(String code) throws MalformedGraphException {
    return liveness("""
          r3 = r10
          r3 += -64
          *(u64 *)(r10 - 8) = r3
          if r1 == 0 goto elsewhere
          r2 = r10
          r2 += -8
        elsewhere:
        """ + code + """
          r0 = *(u8 *)(r4 + 0)
          exit
        """);
  }

  @Test
  void aPointerWithSeveralOffsetsReadsFromTheLowestToTheHighest() throws Exception {
    Liveness liveness = liveness("""
          r2 = r10
          r2 += -64
          if r1 == 0 goto read
          r2 += 16
        read:
          r0 = *(u8 *)(r2 + 0)
          exit
        """);
    assertTrue(liveness.isLive(0, -64));
    assertTrue(liveness.isLive(0, -48));
    assertFalse(liveness.isLive(0, -65));
    assertFalse(liveness.isLive(0, -47));
  }

  @Test
  void aPointerThatALoopMovesMayPointAnywhere() throws Exception {
    Liveness liveness = liveness("""
          r2 = r10
          r2 += -64
        loop:
          r0 = *(u8 *)(r2 + 0)
          r2 += 1
          if r0 != 0 goto loop
          exit
        """);
    assertTrue(liveness.isLive(0, -1));
    assertFalse(liveness.isAnyLive(5, -512, 512));
  }

  @Test
  void effectsSeeThatAnArgumentIsOneOfSeveralMaps() throws Exception {
    List<Origin> seen = new ArrayList<>();
    liveness("""
          r1 = map_by_idx(3) ll
          if r2 == 0 goto call
          r1 = map_by_idx(5) ll
        call:
          call 1
          r0 = 0
          exit
        """, new CallEffects() {
      @Override
      public int argumentsRead(CallSite site) {
        seen.add(site.argument(Register.R1));
        return 0;
      }

      @Override
      public List<Access> accesses(CallSite site) {
        return List.of();
      }

      @Override
      public boolean mayReturnArgument(CallSite site) {
        return false;
      }
    });
    assertEquals(
        new Origin.AnyImmediate(
            List.of(new WideImmediate.MapByIndex(3), new WideImmediate.MapByIndex(5))),
        seen.getLast());
  }

  @Test
  void anUnknownOffsetReadsTheWholeFrameAndKillsNothing() throws Exception {
    Liveness liveness = liveness("""
          r2 = r10
          r2 += r1
          *(u8 *)(r2 + 0) = 0
          r0 = *(u8 *)(r2 + 0)
          exit
        """);
    assertTrue(liveness.isLive(0, -512));
    assertTrue(liveness.isLive(0, -1));
  }

  @Test
  void aPointerThatEscapedMayComeBack() throws Exception {
    String load = """
          r0 = *(u64 *)(r1 + 0)
          r0 = *(u8 *)(r0 + 0)
          exit
        """;
    assertFalse(liveness(load).isAnyLive(0, -512, 512));
    assertTrue(liveness("*(u64 *)(r1 + 0) = r10\n" + load).isLive(1, -512));
  }

  @Test
  void aCalleeIsAskedWhichArgumentsItReads() throws Exception {
    Liveness liveness = liveness("""
          r1 = 1
          r2 = r10
          call callee
          exit
        callee:
          r0 = r1
          exit
        """);
    assertEquals(1 << 1 | 1 << 10, liveness.registersBefore(1));
    assertFalse(liveness.isAnyLive(2, -512, 512));
  }

  @Test
  void aCalleeThatGetsAFramePointerKeepsTheFrameAlive() throws Exception {
    Liveness liveness = liveness("""
          *(u64 *)(r10 - 8) = 1
          r1 = r10
          call callee
          exit
        callee:
          r0 = *(u64 *)(r1 - 8)
          exit
        """);
    assertTrue(liveness.isLive(2, -512));
    assertFalse(liveness.isLive(0, -8));
    assertFalse(liveness.isAnyLive(4, -512, 512));
  }

  @Test
  void aCallbackMayReadTheFrameThatItIsGivenAPointerInto() throws Exception {
    CallEffects loop = new CallEffects() {
      @Override
      public int argumentsRead(CallSite site) {
        return 0b11110;
      }

      @Override
      public List<Access> accesses(CallSite site) {
        return List.of();
      }

      @Override
      public boolean mayReturnArgument(CallSite site) {
        return false;
      }
    };
    String code = """
          r1 = 3
          r2 = code_addr(callback) ll
          r3 = %s
          r4 = 0
          call 181
          r0 = 0
          exit
        callback:
          r0 = 0
          exit
        """;
    assertTrue(liveness(code.formatted("r10"), loop).isLive(0, -512));
    assertFalse(liveness(code.formatted("0"), loop).isAnyLive(0, -512, 512));
  }

  @Test
  void recursionIsTakenToReadAllArguments() throws Exception {
    Liveness liveness = liveness("""
          call callee
          exit
        callee:
          call callee
          exit
        """);
    assertEquals(0b11_1110, liveness.registersBefore(0));
  }

  @Test
  void effectsSeeTheArguments() throws Exception {
    CallEffects sees = new CallEffects() {
      @Override
      public int argumentsRead(CallSite site) {
        assertEquals(
            new Origin.Immediate(new WideImmediate.MapByIndex(3)), site.argument(Register.R1));
        assertEquals(new Origin.Frame(OptionalInt.of(-24)), site.argument(Register.R2));
        assertEquals(new Origin.Number(20), site.argument(Register.R3));
        assertEquals(new Origin.Elsewhere(), site.argument(Register.R4));
        assertEquals(new Origin.Frame(OptionalInt.empty()), site.argument(Register.R5));
        assertEquals(9, site.slot());
        return 0;
      }

      @Override
      public List<Access> accesses(CallSite site) {
        return List.of();
      }

      @Override
      public boolean mayReturnArgument(CallSite site) {
        return false;
      }
    };
    liveness("""
          r5 = r10
          r5 += r1
          r1 = map_by_idx(3) ll
          r2 = r10
          r2 += -24
          w3 = 20
          r4 = *(u64 *)(r6 + 0)
          if r4 == 0 goto +0
          call 1
          r0 = 0
          exit
        """, sees);
  }

  @Test
  void thereIsNoAnswerForDeadCode() throws Exception {
    Liveness liveness = liveness("""
          r0 = 0
          exit
          r0 = 1
        """);
    assertThrows(IndexOutOfBoundsException.class, () -> liveness.registersBefore(2));
  }

  @Test
  void framesMayBeLargerOrSmaller() throws Exception {
    ControlFlowGraph graph = ControlFlowGraph.of(Assembler.assemble("""
          r0 = *(u8 *)(r10 - 1000)
          exit
        """));
    Liveness large = Liveness.of(graph, CallEffects.conservative(), 1024);
    assertEquals(16, large.stackWords());
    assertTrue(large.isLive(0, -1000));
    assertFalse(Liveness.of(graph, CallEffects.conservative(), 40).isAnyLive(0, -40, 40));
  }
}
