package dev.assay.referee;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.numeric.Relations;
import dev.assay.platform.LinuxPlatform;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.ProgramSearch;
import dev.assay.verifier.search.Rung;
import dev.assay.verifier.search.SearchExhausted;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import java.util.List;
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
    for (Rung rung : Rung.values()) {
      for (int passes : List.of(2, 0)) {
        Optional<ProvedClaims> proved = attempt(setting, shape, rung, passes);
        if (proved.isPresent()) {
          return proved;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<ProvedClaims> attempt(
      Setting setting, ProgramShape shape, Rung rung, int passes) {
    Execution execution = new Execution(setting, shape, Reporter.NONE);
    State entry = execution.entry(Relations.zones());
    State begun = entry.copy();
    execution.begin(begun, shape.graph().entry());
    try {
      Claims claims = ProgramSearch.search(setting, shape, entry, rung, passes, STEPS);
      Judgement judgement = Judge.judge(setting, shape, claims, begun);
      return judgement.inductive() && judgement.findings().isEmpty()
          ? Optional.of(new ProvedClaims(shape, claims))
          : Optional.empty();
    } catch (SearchExhausted exhausted) {
      return Optional.empty();
    }
  }
}
