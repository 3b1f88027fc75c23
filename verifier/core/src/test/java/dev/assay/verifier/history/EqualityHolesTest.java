package dev.assay.verifier.history;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;
import static dev.assay.verifier.history.Offset.END;
import static dev.assay.verifier.history.Offset.START;
import static dev.assay.verifier.history.Offset.fits;
import static dev.assay.verifier.history.Offset.mayExceed;

import dev.assay.verifier.Maps;
import org.junit.jupiter.api.Test;

/**
 * Which states count as covered by another, and which numbers as equal. Linux drops a path that comes to a point in a state that is not worse than one it has seen, as far
 * as anything later depends on; most holes were in "as far as". Here states are joined instead, but the joined ones have to cover as much.
 */
class EqualityHolesTest {

  /**
   * CVE-2023-2163 (Linux 5.3 to 6.2): a path was pruned as equal to an earlier one, because a register that had influenced an offset through another one was not
   * marked as having to be exact. Here r6 is tested on two paths that merge, and one of them comes with a larger offset.
   */
  @Test
  void aPathIsNotDroppedForAnotherThatDiffersInAnOffset() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r9 = r0
        r6 = *(u64 *)(r9 + 0)
        r7 = *(u64 *)(r9 + 8)
        r8 = 0
        if r6 > 2 goto a
        r8 = %s
        a:
        if r7 > 2 goto b
        r7 = r8
        goto c
        b:
        r7 = 0
        c:
        r6 = r7
        if r6 == 1 goto d
        d:
        r9 += r6
        *(u8 *)(r9 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted("200", "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("15", "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 5.5, "bpf: Fix precision tracking for unbounded scalars", and 5.3, "bpf: fix precision tracking in presence of bpf2bpf calls": what a callee returned was not
   * traced back into it, so that its second return was pruned.
   */
  @Test
  void eachReturnOfACalleeReachesTheCaller() {
    String program = START + """
        r1 = r7
        call choose
        r6 += r0
        *(u8 *)(r6 + 0) = 1              ; %s
        out:
        r0 = 0
        exit
        choose:
        r0 = 0
        if r1 > 5 goto done
        r0 = %d
        done:
        exit
        """;
    verify(program.formatted("! map-value-bounds", 16)).with(Maps.hash(16)).isRejected();
    verify(program.formatted("", 15)).with(Maps.hash(16)).isAccepted();
  }

  /**
   * CVE-2023-52920 (Linux before 6.8, "bpf: support non-r10 register spill/fill to/from stack in precision tracking"): a number that was spilled through another
   * register than r10 was lost sight of.
   */
  @Test
  void aNumberSpilledThroughAnotherPointerIsTheSameNumber() {
    String program = START + """
        r1 = r10
        r1 += -32
        r8 = 0
        if r7 > 5 goto join
        r8 = %d
        join:
        *(u64 *)(r1 + 16) = r8
        r8 = 0
        r9 = *(u64 *)(r10 - 16)
        r6 += r9
        *(u8 *)(r6 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted(16, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(15, "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 6.7, "bpf: fix precision backtracking instruction iteration": tracing back stopped one instruction early where a jump goes to the instruction before.
   */
  @Test
  void aJumpToTheInstructionBeforeIsAnEdgeLikeOthers() {
    String program = START + """
        r8 = 0
        goto join
        add:
        r8 += %d
        join:
        if r7 > 5 goto done
        r7 = 9
        goto add
        done:
        r6 += r8
        *(u8 *)(r6 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted(16, "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted(15, "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 6.5, "bpf: verify scalar ids mapping in regsafe() using check_ids()": two registers that are equal on the path that was verified were taken for equal on
   * another, too, so that a test of one bounded the other.
   */
  @Test
  void registersThatAreEqualOnOnePathOnlyAreNotEqualAfterwards() {
    String program = START + """
        r8 = r7
        r9 = *(u64 *)(r6 + 8)
        if r9 > 5 goto join
        r8 = *(u64 *)(r6 + %s
        join:
        if r8 > 15 goto out
        r6 += r7
        *(u8 *)(r6 + 0) = 1              ; %s
        """ + END;
    verify(program.formatted("8)", "! map-value-bounds")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("8)\nr7 = r8", "")).with(Maps.hash(16)).isAccepted();
  }

  /** The same for what is on the stack (Linux 6.4, "bpf: Fix verifier id tracking of scalars on spill"). */
  @Test
  void aPartThatIsSpilledIsNotEqualToTheWhole() {
    mayExceed("""
        *(u32 *)(r10 - 16) = r7
        w8 = *(u32 *)(r10 - 16)
        if r8 > 15 goto out
        """);
    mayExceed("""
        *(u8 *)(r10 - 16) = r7
        r8 = *(u8 *)(r10 - 16)
        if r8 > 15 goto out
        """);
    fits("""
        *(u64 *)(r10 - 16) = r7
        r8 = *(u64 *)(r10 - 16)
        if r8 > 15 goto out
        """);
    fits("""
        *(u32 *)(r10 - 16) = r7
        w8 = *(u32 *)(r10 - 16)
        if r8 > 15 goto out
        r7 = r8
        """);
  }

  /**
   * CVE-2017-17855 and CVE-2017-17864 (Linux 4.9 to 4.14, "bpf: don't prune branches when a scalar is replaced with a pointer"): where a number was verified, a pointer
   * was taken to be as good, and so left the program as a number.
   */
  @Test
  void aPointerIsNoLessThanANumber() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r7 = *(u64 *)(r6 + 0)
        r8 = *(u64 *)(r6 + 8)
        if r7 > 5 goto join
        r8 = %s
        join:
        *(u64 *)(r6 + 8) = r8            ; %s
        """ + END;
    verify(program.formatted("r6", "! pointer-leak"))
        .as("socket_filter")
        .with(Maps.hash(16))
        .isRejected();
    verify(program.formatted("r7", "")).as("socket_filter").with(Maps.hash(16)).isAccepted();
  }

  /** The same in a stack slot that is handed to a function. */
  @Test
  void aPointerInASlotIsNoLessThanANumber() {
    String program = START + """
        r8 = 1
        *(u64 *)(r10 - 16) = r8
        if r7 > 5 goto join
        *(u64 *)(r10 - 16) = %s
        join:
        r1 = map_by_idx(0) ll
        r2 = r10
        r2 += -4
        r3 = r10
        r3 += -16
        r4 = 0
        call map_update_elem             ; %s
        """ + END;
    verify(program.formatted("r6", "! pointer-leak"))
        .as("socket_filter")
        .with(Maps.hash(8))
        .isRejected();
    verify(program.formatted("r7", "")).as("socket_filter").with(Maps.hash(8)).isAccepted();
  }

  /**
   * CVE-2024-45020 (Linux 6.8 to 6.10, "bpf: Fix a kernel verifier crash in stacksafe()"), and Linux 6.8, CVE-2023-52452, "bpf: Fix accesses to uninit stack slots": the frames of two
   * states that are compared are not equally deep.
   */
  @Test
  void aSlotThatOnePathOnlyHasIsNotCovered() {
    String program = START + """
        if r7 > 5 goto join
        *(u64 *)(r10 - 256) = 1
        join:
        %s
        r1 = *(u64 *)(r10 - 256)         ; %s
        """ + END;
    verify(program.formatted("", "! stack-initialised")).with(Maps.hash(16)).isRejected();
    verify(program.formatted("*(u64 *)(r10 - 256) = 2", "")).with(Maps.hash(16)).isAccepted();
  }

  /**
   * Linux 6.7, "bpf: correct loop detection for iterators convergence": a state within a loop was taken for covered by one of an iteration that had not ended yet. In the third
   * round r8 holds what r9 had in the first.
   */
  @Test
  void whatARoundHandsToTheNextIsNotForgotten() {
    String program = START + """
        r7 &= 7
        r7 += 3
        r8 = 0
        r9 = 0
        round:
        r6 += r8
        *(u8 *)(r6 + 0) = 1              ; %s
        r6 -= r8
        r8 = r9
        r9 = %d
        r7 += -1
        if r7 != 0 goto round
        """ + END;
    verify(program.formatted("! map-value-bounds", 16)).with(Maps.hash(16)).isRejected();
    verify(program.formatted("", 15)).with(Maps.hash(16)).isAccepted();
  }

  /** PREVAIL 959 (in part) and 1071: a meet without a point is the empty set, and not everything, nor the other way round. */
  @Test
  void aBranchIsDeadOnlyIfItsTestCannotHold() {
    mayExceed("""
        r7 &= 0xff
        if r7 s< 0 goto out
        if r7 == 0x100 goto out
        if r7 < 16 goto out
        """);
    fits("""
        r7 &= 0xff
        if r7 == 0x100 goto in
        goto out
        in:
        """);
  }
}
