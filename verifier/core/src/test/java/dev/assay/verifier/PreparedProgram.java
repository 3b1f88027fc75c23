package dev.assay.verifier;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.MalformedGraphException;
import dev.assay.numeric.Relations;
import dev.assay.object.BpfProgram;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.judge.Claims;
import dev.assay.verifier.judge.Judge;
import dev.assay.verifier.judge.Judgement;
import dev.assay.verifier.search.ProgramFacts;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;

/**
 * A program with what search and judge are called with.
 *
 * @param entry the state in which it is entered
 */
public record PreparedProgram(
    Setting setting, ProgramShape shape, ProgramFacts facts, State entry) {

  /** The program of a test. */
  public static PreparedProgram of(Verification verification) {
    try {
      BpfProgram program = verification.program();
      ProgramShape shape = new ProgramShape(ControlFlowGraph.of(program));
      Setting setting = new Setting(
          verification.object(program),
          program,
          Verification.LINUX,
          verification.kind(),
          new Entry.Context(),
          verification.options(),
          false);
      State entry = new Execution(setting, shape, Reporter.NONE).entry(Relations.zones());
      return new PreparedProgram(setting, shape, ProgramFacts.of(setting, shape), entry);
    } catch (MalformedGraphException malformed) {
      throw new AssertionError(malformed);
    }
  }

  /** What the judge says of claims about it. */
  public Judgement judge(Claims claims) {
    return Judge.judge(setting, shape, claims, entry);
  }
}
