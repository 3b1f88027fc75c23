package dev.assay.verifier;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.Policy;
import dev.assay.platform.ProgramKind;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Finding;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** Proves that a program is memory-safe and terminates, or says what is missing. */
public final class Verifier {
  private Verifier() {}

  /**
   * Verifies one program. The same arguments give the same verdict, its milliseconds apart, on every machine.
   *
   * @param object the object that holds the program
   * @param objectName what the verdict calls the object: its path as the user gave it
   * @param kind what the program is loaded as
   */
  public static Verdict verify(
      BpfObject object,
      String objectName,
      BpfProgram program,
      ProgramKind kind,
      VerifierOptions options) {
    Policy policy = options.policy().orElse(kind.policy());
    Finding finding = Finding.ofWhole("verifier", "this build has no verifier yet", "");
    return new Verdict(
        objectName,
        program.section(),
        program.function(),
        kind.name(),
        Decision.UNDECIDED,
        List.of(finding),
        List.of(),
        policy.name().toLowerCase(Locale.ROOT),
        Set.of(),
        program.code().instructions().size(),
        OptionalLong.empty(),
        0);
  }
}
