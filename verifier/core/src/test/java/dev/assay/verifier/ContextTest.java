package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContextTest {

  @ParameterizedTest
  @CsvSource({
    "xdp, u32, 0, ''",
    "xdp, u32, 12, ''",
    "xdp, u32, 16, ''",
    "xdp, u32, 20, context-access",
    "xdp/devmap, u32, 20, ''",
    "xdp, u64, 0, context-access",
    "xdp, u16, 12, context-access",
    "xdp, u8, 0, context-access",
    "xdp, u32, 2, context-access",
    "xdp, u32, 10, context-access",
    "sched_cls, u8, 3, ''",
    "sched_cls, u32, 192, context-access",
    "sched_cls, u64, 168, ''",
    "sched_cls, u32, 168, context-access",
    "sched_cls, u16, 76, context-access",
    "socket_filter, u32, 76, context-access",
    "kprobe, u64, 160, ''",
    "kprobe, u64, 168, context-access",
    "kprobe, u64, 164, context-access",
    "tracepoint, u64, 0, context-access",
    "tracepoint, u64, 8, ''",
  })
  void aLoadIsOfAFieldOfTheProgramType(String kind, String type, int offset, String check) {
    verify("""
        r0 = *(%s *)(r1 + %d)           ; %s
        r0 = 0
        exit
        """.formatted(type, offset, check.isEmpty() ? "" : "! " + check))
        .as(kind)
        .verdictMatchesMarks();
  }

  @ParameterizedTest
  @CsvSource({
    "xdp, u32, 0, context-access",
    "xdp, u32, 12, context-access",
    "sched_cls, u32, 8, ''",
    "sched_cls, u16, 8, context-access",
    "sched_cls, u32, 0, context-access",
    "sched_cls, u32, 48, ''",
    "sched_cls, u8, 67, ''",
    "sched_cls, u8, 68, context-access",
    "sched_cls, u64, 60, context-access",
    "socket_filter, u32, 8, context-access",
    "kprobe, u64, 0, context-access",
  })
  void aStoreIsToAFieldThatMayBeWritten(String kind, String type, int offset, String check) {
    verify("""
        *(%s *)(r1 + %d) = 0            ; %s
        r0 = 0
        exit
        """.formatted(type, offset, check.isEmpty() ? "" : "! " + check))
        .as(kind)
        .verdictMatchesMarks();
  }

  @Test
  void beforeTheContextIsNothing() {
    verify("""
        r0 = *(u32 *)(r1 - 4)           ; ! context-access
        r1 += -4
        r0 = *(u32 *)(r1 + 0)           ; ! context-access
        r0 = *(u32 *)(r1 + 16)          ; ! context-access
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aFieldIsNotReachedThroughAMovedPointer() {
    String program = """
        r2 = 1
        r1 += %d
        r0 = *(u32 *)(r1 + %d)          ; %s
        *(u32 *)(r1 + %d) = r2          ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted(8, 0, "! context-access", 0, "! context-access"))
        .as("sched_cls")
        .isRejected();
    verify(program.formatted(0, 8, "", 8, "")).as("sched_cls").isAccepted();
    // Also where the context is not rewritten.
    verify("r1 += 8\nr0 = *(u64 *)(r1 + 0)     ; ! context-access\nr0 = 0\nexit\n")
        .as("kprobe")
        .isRejected();
  }

  @Test
  void aPointerThatWasMovedBackIsTheContextAgain() {
    verify("""
        r1 += 4
        r1 += -4
        r0 = *(u32 *)(r1 + 12)
        r0 = 0
        exit
        """).isAccepted();
  }

  @Test
  void aFieldOfASocketIsNotReachedThroughAMovedPointer() {
    String program = """
        r0 = 0
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        r1 += %d
        r0 = *(u32 *)(r1 + %d)          ; %s
        out:
        r0 = 0
        exit
        """;
    verify(program.formatted(4, 0, "! context-access")).as("sched_cls").isRejected();
    verify(program.formatted(0, 4, "")).as("sched_cls").isAccepted();
  }

  @ParameterizedTest
  @CsvSource({"0, ! context-access", "4, ! context-access", "12, ''"})
  void aPointerIsNotLoadedWithItsSignExtended(int offset, String check) {
    Verification program = verify("""
        r0 = *(s32 *)(r1 + %d)          ; %s
        r0 = 0
        exit
        """.formatted(offset, check));
    program.privileged().verdictMatchesMarks();
    program.strict().verdictMatchesMarks();
  }

  @Test
  void aVariableOffsetIsNoField() {
    verify("""
        r2 = *(u32 *)(r1 + 12)
        r2 &= 4
        r1 += r2
        r0 = *(u32 *)(r1 + 12)          ; ! context-access
        r0 = 0
        exit
        """).isRejected();
  }

  @Test
  void aPointerIsNotStoredInAFieldUnderTheStrictPolicy() {
    String program = """
        *(u64 *)(r1 + 48) = r10         ; %s
        r0 = 0
        exit
        """;
    verify(program.formatted("! pointer-leak")).as("sched_cls").strict().isRejected();
    verify(program.formatted("")).as("sched_cls").privileged().isAccepted();
  }

  @Test
  void twoLoadsOfAFieldMayDiffer() {
    // cb is written by others, and mark by helpers.
    verify("""
        r2 = *(u32 *)(r1 + 8)
        r3 = *(u32 *)(r1 + 8)
        r2 -= r3
        r4 = r10
        r4 += r2
        *(u8 *)(r4 - 1) = 0             ; ! stack-bounds
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }

  @Test
  void theContextIsNotAPacket() {
    verify("""
        r2 = *(u32 *)(r1 + 4)
        r3 = r1
        r3 += 14
        if r3 > r2 goto out
        r0 = *(u8 *)(r1 + 0)            ; ! context-access
        out:
        r0 = 0
        exit
        """).privileged().isRejected();
  }

  @Test
  void noAtomicIsOnTheContextOrThePacket() {
    verify("""
        r2 = 1
        lock *(u32 *)(r1 + 8) += w2     ; ! pointer
        r3 = *(u32 *)(r1 + 76)
        r4 = *(u32 *)(r1 + 80)
        r5 = r3
        r5 += 8
        if r5 > r4 goto out
        lock *(u64 *)(r3 + 0) += r2     ; ! pointer
        out:
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }

  @Test
  void aSocketOfTheContextMayBeMissing() {
    String program = """
        r0 = 0
        r1 = *(u64 *)(r1 + 168)
        %s
        r0 = *(u32 *)(r1 + 4)           ; %s
        out:
        exit
        """;
    verify(program.formatted("if r1 == 0 goto out", "")).as("sched_cls").isAccepted();
    verify(program.formatted("r0 = 0", "! not-null")).as("sched_cls").isRejected();
  }

  @Test
  void aSocketHasFieldsOfItsOwn() {
    verify("""
        r0 = 0
        r1 = *(u64 *)(r1 + 168)
        if r1 == 0 goto out
        r0 = *(u32 *)(r1 + 4)
        *(u32 *)(r1 + 4) = 1            ; ! context-access
        r0 = *(u32 *)(r1 + 4096)        ; ! context-access
        r0 = *(u32 *)(r1 - 4)           ; ! context-access
        out:
        r0 = 0
        exit
        """).as("sched_cls").isRejected();
  }
}
