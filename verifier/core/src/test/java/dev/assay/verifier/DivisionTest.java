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
    String program =
        "r0 = 7\nr2 = *(u32 *)(r1 + 12)\nr2 <<= 32\nr2 |= %s\n%s     ; %s\nr0 = 0\nexit\n";
    String half = "r3 = 0x100000000 ll\n"
        + "r0 = 7\n"
        + "w0 /= w3       ; ! division-by-zero\n"
        + "r0 /= r3\n"
        + "r0 = 0\n"
        + "exit\n";
    verify(half).given(o -> o.withAllowDivisionByZero(false)).isRejected();
    verify(program.formatted("1", "w0 /= w2", ""))
        .given(o -> o.withAllowDivisionByZero(false))
        .isAccepted();
  }

  @Test
  void divisionByALiteralZeroIsFound() {
    verify("r0 = 7\nr2 = 0\nr0 /= r2      ; ! division-by-zero\nexit\n")
        .given(o -> o.withAllowDivisionByZero(false))
        .isRejected();
  }
}
