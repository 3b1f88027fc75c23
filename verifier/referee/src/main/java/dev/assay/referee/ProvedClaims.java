package dev.assay.referee;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.numeric.Relations;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.search.Ladder;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import java.util.Optional;

/** Claims that the judge confirms, without a finding, and the control flow that they speak of. */
record ProvedClaims(ProgramShape shape, Claims claims) {
  private static final long STEPS = 100_000;

  static Optional<ProvedClaims> of(Subject subject) {
    Setting setting = new Setting(
        subject.object(),
        subject.program(),
        LinuxPlatform.load(),
        subject.kind(),
        Referee.OPTIONS,
        false);
    ProgramShape shape;
    try {
      shape = new ProgramShape(ControlFlowGraph.of(subject.program()));
    } catch (MalformedGraphException malformed) {
      return Optional.empty();
    }
    State entry = new Execution(setting, shape, Reporter.NONE).entry(Relations.zones());
    try {
      Ladder.Climb climb = Ladder.climb(setting, shape, entry, STEPS);
      return climb.judgement().accepts()
          ? Optional.of(new ProvedClaims(shape, climb.claims()))
          : Optional.empty();
    } catch (SearchExhausted exhausted) {
      return Optional.empty();
    }
  }
}
