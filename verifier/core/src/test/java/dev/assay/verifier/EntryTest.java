package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.object.BpfProgram;
import dev.assay.verifier.verdict.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that are entered with memory and its size in the place of a context. */
class EntryTest {
  private static List<String> findings(String assembly, int bytes) {
    Verification verification = verify(assembly + "\nr0 = 0\nexit\n");
    BpfProgram program = verification.program();
    return Verifier.verify(
            verification.object(program),
            "test.o",
            program,
            verification.kind(),
            new Entry.Memory(bytes),
            verification.options())
        .verdict()
        .findings()
        .stream()
        .map(Finding::check)
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "8, r0 = *(u64 *)(r1 + 0), ''",
    "8, r0 = *(u8 *)(r1 + 8), memory-bounds",
    "8, *(u64 *)(r1 + 0) = 1, ''",
    "8, r3 = 1~lock *(u64 *)(r1 + 0) += r3, ''",
    "0, r0 = *(u8 *)(r1 + 0), not-null",
    "0, if r1 != 0 goto +1~goto +1~r0 = *(u64 *)(r10 + 0), ''"
  })
  void r1IsTheMemory(int bytes, String code, String check) {
    assertEquals(
        check.isEmpty() ? List.of() : List.of(check), findings(code.replace('~', '\n'), bytes));
  }

  @Test
  void r2IsItsSize() {
    String code = "r3 = r10\nr3 += r2\n*(u8 *)(r3 - %d) = 1";
    assertEquals(List.of(), findings(code.formatted(9), 8));
    assertEquals(List.of("stack-bounds"), findings(code.formatted(8), 8));
  }
}
