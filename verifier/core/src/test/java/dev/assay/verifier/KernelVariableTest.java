package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;

class KernelVariableTest {
  private static final String PROGRAM = """
      r1 = var_addr(1) ll               ; %s
      %s
      r0 = 0
      exit
      """;

  @Test
  void aVariableIsKnownByItsSymbol() {
    verify(PROGRAM.formatted("", "r0 = *(u64 *)(r1 + 0)")).calling("jiffies").isAccepted();
  }

  @Test
  void aNumberAloneNamesNoVariable() {
    verify(PROGRAM.formatted("! pointer", "")).isRejected();
    verify(PROGRAM.formatted("! pointer", "r0 = *(u64 *)(r1 + 0)    ; ! pointer"))
        .isRejected();
  }
}
