package dev.assay.cli;

import dev.assay.graph.ControlFlowGraph;
import dev.assay.graph.FunctionGraph;
import dev.assay.numeric.Relations;
import dev.assay.numeric.Scalar;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Policy;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.check.Check;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.semantics.ProgramShape;
import dev.assay.verifier.semantics.Setting;
import dev.assay.verifier.state.State;
import dev.assay.verifier.state.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the verifier's semantics make of a program without loops that is entered with sets of numbers.
 *
 * @param results for each path what r0 may be at its end
 * @param messages what the checks along the paths say
 */
record AbstractRun(List<Scalar> results, List<String> messages) {

  /**
   * Runs a program.
   *
   * @param inputs what r0, r1, … may be
   */
  static AbstractRun of(RowProgram program, List<Scalar> inputs) throws Exception {
    Setting setting = new Setting(
        program.object(),
        program.program(),
        LinuxPlatform.load(),
        LinuxPlatform.load().programKind(program.kind()).orElseThrow(),
        VerifierOptions.DEFAULT.withPolicy(Policy.PRIVILEGED),
        false);
    ProgramShape shape = new ProgramShape(ControlFlowGraph.of(program.program()));
    Paths paths = new Paths(setting, shape);
    State entry = paths.execution.entry(Relations.zones());
    entry.setRegister(6, entry.register(1));
    for (int r = 0; r < inputs.size(); r++) {
      entry.setRegister(r, entry.numbers().freshNumber(inputs.get(r)));
    }
    FunctionGraph main = shape.graph().entry();
    paths.execution.begin(entry, main);
    List<Scalar> results = new ArrayList<>();
    for (State state : paths.run(entry, main)) {
      Value r0 = state.register(0);
      results.add(r0.isNumber() ? state.scalar(r0) : Scalar.top());
    }
    return new AbstractRun(results, paths.messages);
  }

  /** Whether some path may end with this number. */
  boolean mayGive(long r0) {
    return results.stream().anyMatch(result -> result.contains(r0));
  }

  /** All paths, each followed to its end. */
  private static final class Paths implements Reporter {
    private final List<String> messages = new ArrayList<>();
    private final Execution execution;

    Paths(Setting setting, ProgramShape shape) {
      execution = new Execution(setting, shape, this);
    }

    /** The states in which a function is left that is entered in {@code entry}. */
    List<State> run(State entry, FunctionGraph function) {
      List<State> left = new ArrayList<>();
      follow(entry, function, 0, left);
      return left;
    }

    private void follow(State state, FunctionGraph function, int block, List<State> left) {
      execution.run(state, function, block, new Execution.Listener() {
        @Override
        public void reached(State arrived, int from, int next) {
          follow(arrived, function, next, left);
        }

        @Override
        public void left(State last) {
          left.add(last.copy());
        }

        @Override
        public List<State> called(State entered, int slot, FunctionGraph callee) {
          return run(entered, callee);
        }

        @Override
        public List<State> calledBack(State first, int slot, CallbackCall call, Execution rounds) {
          throw new AssertionError("no program here has callbacks");
        }
      });
    }

    @Override
    public void report(
        int slot, State state, Check check, String message, String required, int registers) {
      messages.add(check.id() + ": " + message);
    }

    @Override
    public void assume(String fact) {}
  }
}
