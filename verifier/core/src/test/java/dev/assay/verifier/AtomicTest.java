package dev.assay.verifier;

import static dev.assay.verifier.Verification.LOOKUP;
import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicTest {
  /** r6 = a value of 16 bytes, r7 = a number in [0, 15]; then an offset computed from the stack is used. */
  private static Verification offsetAfter(String computation, int offset, boolean safe) {
    return verify(LOOKUP + """
        if r0 == 0 goto out
        r6 = r0
        r7 = *(u64 *)(r6 + 0)
        r7 &= 7
        %s
        r6 += r7
        r1 = *(u8 *)(r6 + %d)          ; %s
        out:
        r0 = 0
        exit
        """.formatted(computation, offset, safe ? "" : "! map-value-bounds"))
        .with(Maps.hash(16));
  }

  private static void fits(String computation, int last) {
    offsetAfter(computation, last, true).isAccepted();
    offsetAfter(computation, last + 1, false).isRejected();
  }

  @ParameterizedTest
  @CsvSource({"+=, 1", "|=, 8", "&=, 8"})
  void anUpdateOfTheStackIsKnown(String operator, int last) {
    fits("""
        *(u64 *)(r10 - 16) = 7
        lock *(u64 *)(r10 - 16) %s r7
        r7 = *(u64 *)(r10 - 16)\
        """.formatted(operator), last);
  }

  @Test
  void aFetchGivesTheOldValue() {
    fits("""
        *(u64 *)(r10 - 16) = 5
        r7 = atomic_fetch_add((u64 *)(r10 - 16), r7)\
        """, 10);
    fits("""
        *(u64 *)(r10 - 16) = 5
        r7 = atomic_fetch_add((u64 *)(r10 - 16), r7)
        r7 = *(u64 *)(r10 - 16)\
        """, 3);
  }

  @Test
  void anExchangeSwaps() {
    fits("""
        *(u64 *)(r10 - 16) = 5
        r7 = xchg_64(r10 - 16, r7)\
        """, 10);
    fits("""
        *(u64 *)(r10 - 16) = 5
        r7 = xchg_64(r10 - 16, r7)
        r7 = *(u64 *)(r10 - 16)\
        """, 8);
  }

  @Test
  void aCompareExchangeMayOrMayNotStore() {
    fits("""
        *(u64 *)(r10 - 16) = 12
        r0 = *(u64 *)(r6 + 8)
        r0 = cmpxchg_64(r10 - 16, r0, r7)
        r7 = *(u64 *)(r10 - 16)\
        """, 3);
    fits("""
        *(u64 *)(r10 - 16) = 12
        r0 = *(u64 *)(r6 + 8)
        r0 = cmpxchg_64(r10 - 16, r0, r7)
        r7 = r0\
        """, 3);
  }

  @Test
  void aHalfIsUpdatedModulo32BitsAndLeavesTheOther() {
    fits("""
        *(u64 *)(r10 - 16) = -1
        r8 = 1
        lock *(u32 *)(r10 - 16) += w8
        w7 = *(u32 *)(r10 - 16)\
        """, 15);
    offsetAfter("""
        *(u64 *)(r10 - 16) = -1
        r8 = 1
        lock *(u32 *)(r10 - 16) += w8
        w7 = *(u32 *)(r10 - 12)\
        """, 0, false).isRejected();
    fits("""
        *(u64 *)(r10 - 16) = 3
        r8 = 0x100000000 ll
        r8 += r7
        w8 = xchg32_32(r10 - 16, w8)
        w7 = *(u32 *)(r10 - 16)\
        """, 8);
  }

  @Test
  void whatAFetchFromAMapGivesIsAnything() {
    offsetAfter("r7 = atomic_fetch_add((u64 *)(r6 + 8), r7)", 0, false).isRejected();
    offsetAfter("r7 = xchg_64(r6 + 8, r7)", 0, false).isRejected();
    offsetAfter("r0 = 0\nr0 = cmpxchg_64(r6 + 8, r0, r7)\nr7 = r0", 0, false).isRejected();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lock *(u64 *)(r6 + %d) += r7",
        "r7 = xchg_64(r6 + %d, r7)",
        "r0 = cmpxchg_64(r6 + %d, r0, r7)"
      })
  void anAtomicIsWithinTheValue(String atomic) {
    verify(LOOKUP + "if r0 == 0 goto out\nr6 = r0\nr0 = 0\nr7 = 0\n" + atomic.formatted(8) + "\n"
            + atomic.formatted(16) + """
               ; ! map-value-bounds
            out:
            r0 = 0
            exit
            """)
        .with(Maps.hash(16))
        .isRejected();
  }

  @Test
  void anAtomicReadsAndWrites() {
    String program = LOOKUP + """
        if r0 == 0 goto out
        r1 = 1
        lock *(u64 *)(r0 + 0) += r1        ; ! writable
        out:
        r0 = 0
        exit
        """;
    verify(program)
        .with(Maps.withFlags(Maps.hash(8), Maps.READ_ONLY_FOR_PROGRAMS))
        .isRejected();
    verify(program)
        .with(Maps.withFlags(Maps.hash(8), Maps.WRITE_ONLY_FOR_PROGRAMS))
        .isRejected();
  }

  @Test
  void anAtomicOnTheStackNeedsItInitialised() {
    verify("""
        r1 = 1
        lock *(u64 *)(r10 - 8) += r1       ; ! stack-initialised
        lock *(u64 *)(r10 + 0) += r1       ; ! stack-bounds
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void noAtomicIsOnAStoredPointer() {
    verify("""
        *(u64 *)(r10 - 8) = r1
        r2 = 1
        lock *(u64 *)(r10 - 8) += r2       ; ! pointer-leak
        r0 = 0
        exit
        """).privileged().isRejected();
  }

  @Test
  void partOfAStoredPointerIsNotUpdatedUnderTheStrictPolicy() {
    verify("""
        *(u64 *)(r10 - 8) = r1
        r2 = 1
        lock *(u32 *)(r10 - 8) += w2       ; ! pointer-leak
        r0 = 0
        exit
        """).strict().isRejected();
    verify("""
        *(u64 *)(r10 - 8) = r1
        r2 = 1
        lock *(u32 *)(r10 - 8) += w2
        r1 = *(u64 *)(r10 - 8)
        r0 = *(u32 *)(r1 + 12)             ; ! pointer
        r0 = 0
        exit
        """).privileged().isNotAccepted();
  }

  @Test
  void noPointerIsPutIntoMemoryByAnAtomic() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        r1 = r0
        lock *(u64 *)(r0 + 0) += r1        ; ! pointer-leak
        r1 = xchg_64(r0 + 0, r1)
        out:
        r0 = 0
        exit
        """).with(Maps.hash(8)).isNotAccepted();
  }

  @Test
  void theComparedValueIsInitialised() {
    verify("""
        *(u64 *)(r10 - 8) = 0
        r1 = 1
        r0 = cmpxchg_64(r10 - 8, r0, r1)       ; ! initialised
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aFetchedNullIsNull() {
    verify("""
        *(u64 *)(r10 - 8) = 0
        r1 = 1
        r1 = atomic_fetch_add((u64 *)(r10 - 8), r1)
        r0 = *(u8 *)(r1 + 0)                   ; ! not-null
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void anAtomicAtAVariableOffsetMayHitAnyCell() {
    verify(LOOKUP + """
        if r0 == 0 goto out
        *(u64 *)(r10 - 16) = 1
        *(u64 *)(r10 - 24) = 1
        r1 = *(u64 *)(r0 + 0)
        r1 &= 8
        r2 = r10
        r2 += r1
        r3 = 99
        lock *(u64 *)(r2 - 24) += r3
        r1 = *(u64 *)(r10 - 16)
        r0 += r1
        r0 = *(u8 *)(r0 + 0)               ; ! map-value-bounds
        out:
        r0 = 0
        exit
        """).with(Maps.hash(16)).isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "lock *(u64 *)(r10 - 16) += r1, true",
    "lock *(u64 *)(r10 - 12) += r1, false",
    "lock *(u64 *)(r10 - 15) += r1, false",
    "lock *(u32 *)(r10 - 12) += w1, true",
    "lock *(u32 *)(r10 - 14) += w1, false",
    "'r1 = xchg_64(r10 - 12, r1)', false",
    "'r0 = cmpxchg_64(r10 - 12, r0, r1)', false",
  })
  void anAtomicIsAligned(String atomic, boolean safe) {
    verify("""
        *(u64 *)(r10 - 8) = 0
        *(u64 *)(r10 - 16) = 0
        r0 = 0
        r1 = 1
        %s              ; %s
        r0 = 0
        exit
        """.formatted(atomic, safe ? "" : "! alignment")).verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({
    "r7 &= 8, u64, true",
    "r7 &= 4, u64, false",
    "r7 &= 4, u32, true",
    "r7 &= 2, u32, false"
  })
  void anAtomicAtAVariableOffsetIsAligned(String mask, String type, boolean safe) {
    verify(LOOKUP
            + """
            if r0 == 0 goto out
            r7 = *(u64 *)(r0 + 0)
            %s
            r0 += r7
            r1 = 1
            lock *(%s *)(r0 + 0) += %s         ; %s
            out:
            r0 = 0
            exit
            """.formatted(
                    mask, type, type.equals("u64") ? "r1" : "w1", safe ? "" : "! alignment"))
        .with(Maps.hash(16))
        .verdictMatchesMarks();
  }

  @Test
  void flowKeysAreWrittenButHaveNoAtomics() {
    String program = """
        r1 = *(u64 *)(r1 + 144)
        r2 = 1
        %s
        r0 = 0
        exit
        """;
    verify(program.formatted("*(u64 *)(r1 + 0) = r2")).as("flow_dissector").isAccepted();
    verify(program.formatted("lock *(u64 *)(r1 + 0) += r2     ; ! pointer"))
        .as("flow_dissector")
        .isRejected();
  }

  /** The old value 5 of a stack cell, exchanged for 12 if it is {@code expected}; {@code held} is what the cell holds afterwards. */
  @ParameterizedTest
  @CsvSource({
    "64, 5, 5, 12",
    "64, 5, 6, 5",
    "64, 0x100000005, 5, ",
    "32, 5, 5, 12",
    "32, 5, 6, 5",
    "32, 5, 0x100000005, 12",
    "32, 0x100000005, 5, 12",
    "32, 0x100000005, 6, 5"
  })
  void anExchangeComparesItsWidth(int bits, String old, String expected, Integer held) {
    String program = """
        r1 = %s ll
        *(u64 *)(r10 - 16) = r1
        r0 = %s ll
        r2 = 12
        %s
        r7 = *(u%d *)(r10 - 16)\
        """.formatted(
        old,
        expected,
        bits == 64 ? "r0 = cmpxchg_64(r10 - 16, r0, r2)" : "w0 = cmpxchg32_32(r10 - 16, w0, w2)",
        bits);
    if (held == null) {
      offsetAfter(program, 0, false).isRejected();
    } else {
      fits(program, 15 - held);
    }
  }

  @Test
  void anExchangeThatMayFailLeavesOneOfTheTwo() {
    fits("""
        r8 = *(u64 *)(r6 + 8)
        r8 &= 1
        r8 += 5
        *(u64 *)(r10 - 16) = r8
        r0 = 5
        r2 = 12
        r0 = cmpxchg_64(r10 - 16, r0, r2)
        r7 = *(u64 *)(r10 - 16)\
        """, 3);
  }

  @Test
  void theExpectedValueIsANumber() {
    verify("""
        *(u64 *)(r10 - 16) = 0
        r0 = r10
        r2 = 1
        r0 = cmpxchg_64(r10 - 16, r0, r2)   ; ! pointer-leak
        r0 = 0
        exit
        """).isRejected();
    verify("""
        *(u64 *)(r10 - 16) = 0
        r2 = 1
        r0 = cmpxchg_64(r10 - 16, r0, r2)   ; ! initialised
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void anAtomicIsNotOnWhatIsOnlyRead() {
    verify("""
        r6 = *(u64 *)(r1 + 168)
        if r6 == 0 goto out
        r7 = 1
        lock *(u32 *)(r6 + 4) += r7      ; ! pointer
        out:
        r0 = 0
        exit
        """.replace("+= r7", "+= w7")).as("sched_cls").isRejected();
    verify("""
        r6 = *(u64 *)(r1 + 0)
        r7 = 1
        lock *(u64 *)(r6 + 8) += r7      ; ! pointer
        r0 = 0
        exit
        """).as("fentry").isRejected();
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "8, ''",
    "16, memory-bounds",
    "-8, memory-bounds",
    "12, 'alignment, memory-bounds'"
  })
  void allocatedMemoryHasAtomicsWithinTheRecord(int offset, String checks) {
    verify("""
        r1 = map_by_idx(0) ll
        r2 = 16
        r3 = 0
        call ringbuf_reserve
        if r0 == 0 goto out
        r1 = 1
        lock *(u64 *)(r0 + %d) += r1     ; %s
        r1 = r0
        r2 = 0
        call ringbuf_submit
        out:
        r0 = 0
        exit
        """.formatted(offset, checks.isEmpty() ? "" : "! " + checks))
        .with(Maps.ringBuffer())
        .verdictMatchesMarks();
  }
}
