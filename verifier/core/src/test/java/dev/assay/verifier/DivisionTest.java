package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DivisionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r0 /= r2",
        "r0 %= r2",
        "r0 s/= r2",
        "r0 s%= r2",
        "w0 /= w2",
        "w0 %= w2",
        "w0 s/= w2",
        "w0 s%= w2"
      })
  void divisionByZeroIsDefinedUnlessItIsToBeChecked(String instruction) {
    String program = "r0 = 7\nr2 = *(u32 *)(r1 + 12)\n" + instruction;
    verify(program + "\nr0 = 0\nexit\n").isAccepted();
    verify(program + "     ; ! division-by-zero\nr0 = 0\nexit\n")
        .given(o -> o.withAllowDivisionByZero(false))
        .isRejected();
  }

  @ParameterizedTest
  @CsvSource({"r2 |= 1", "if r2 == 0 goto out", "r2 += 1"})
  void aDivisorThatIsNotZeroIsSafe(String instruction) {
    verify("r0 = 7\nr2 = *(u32 *)(r1 + 12)\n" + instruction + "\nr0 /= r2\nout:\nr0 = 0\nexit\n")
        .given(o -> o.withAllowDivisionByZero(false))
        .isAccepted();
  }

  @Test
  void theLowHalfMayBeZeroWhereTheWholeIsNot() {
    verify("""
        r3 = 0x100000000 ll
        r0 = 7
        w0 /= w3              ; ! division-by-zero
        r0 /= r3
        r0 = 0
        exit
        """).given(o -> o.withAllowDivisionByZero(false)).isRejected();
    verify("""
        r0 = 7
        r2 = *(u32 *)(r1 + 12)
        r2 <<= 32
        r2 |= 1
        w0 /= w2
        r0 = 0
        exit
        """).given(o -> o.withAllowDivisionByZero(false)).isAccepted();
  }

  @Test
  void divisionByALiteralZeroIsFound() {
    verify("r0 = 7\nr2 = 0\nr0 /= r2      ; ! division-by-zero\nexit\n")
        .given(o -> o.withAllowDivisionByZero(false))
        .isRejected();
  }
}
