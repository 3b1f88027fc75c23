package dev.assay.verifier;

import static dev.assay.verifier.Verification.verify;

import dev.assay.graph.FunctionGraph;
import dev.assay.numeric.RelationalDomain;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.verifier.check.Reporter;
import dev.assay.verifier.semantics.CallbackCall;
import dev.assay.verifier.semantics.Execution;
import dev.assay.verifier.state.State;
import dev.assay.verifier.verdict.Verdict;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The proof of small programs, and the abstract run of one block, in microseconds. */
@org.openjdk.jmh.annotations.State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProofBenchmark {
  /** No cut point: arithmetic, stack and packet, 20 instructions and one branch. */
  private static final String BLOCK = """
      r2 = *(u32 *)(r1 + 0)
      r3 = *(u32 *)(r1 + 4)
      r4 = r2
      r4 += 34
      if r4 > r3 goto out
      r5 = *(u8 *)(r2 + 23)
      r6 = *(u16 *)(r2 + 12)
      *(u64 *)(r10 - 8) = r5
      *(u32 *)(r10 - 16) = r6
      r5 &= 15
      r5 <<= 2
      r7 = r6
      r7 += r5
      r7 ^= 21
      r8 = *(u64 *)(r10 - 8)
      r8 -= r5
      w8 >>= 3
      r0 = 2
      exit
      out:
      r0 = 1
      exit
      """;

  private static final String LOOP = """
      r2 = *(u32 *)(r1 + 0)
      r3 = *(u32 *)(r1 + 4)
      r0 = 0
      r5 = 0
      loop:
      r4 = r2
      r4 += 1
      if r4 > r3 goto out
      r6 = *(u8 *)(r2 + 0)
      r0 += r6
      r2 = r4
      r5 += 1
      if r5 < 64 goto loop
      out:
      r0 &= 1
      exit
      """;

  private final PreparedProgram block = PreparedProgram.of(verify(BLOCK));
  private final Verification straight = verify(BLOCK);
  private final Verification loop = verify(LOOP);
  private final BpfProgram straightProgram = straight.program();
  private final BpfProgram loopProgram = loop.program();

  /** The abstract run of all paths from the entry of a function to its ends. */
  @Benchmark
  public void block(Blackhole ends) {
    Execution execution = new Execution(block.setting(), block.shape(), Reporter.NONE);
    ends.consume(
        execution.run(block.entry().copy(), block.shape().graph().entry(), 0, new Ends(ends)));
  }

  /** Hands every state over. */
  private record Ends(Blackhole states) implements Execution.Listener {
    @Override
    public void reached(State state, int from, int block) {
      states.consume(state);
    }

    @Override
    public void left(State state) {
      states.consume(state);
    }

    @Override
    public List<State> called(State state, int slot, FunctionGraph callee) {
      return List.of();
    }

    @Override
    public List<State> calledBack(State first, int slot, CallbackCall call, Execution rounds) {
      return List.of();
    }
  }

  /** Graph, search and judge of a program without a loop. */
  @Benchmark
  public Verdict straightProgram() {
    return proof(straight, straightProgram, RelationalDomain.ZONE);
  }

  /** Graph, search and judge of a program with a loop over the packet. */
  @Benchmark
  public Verdict loopProgram() {
    return proof(loop, loopProgram, RelationalDomain.ZONE);
  }

  /** The same with ranges alone. */
  @Benchmark
  public Verdict loopProgramWithIntervals() {
    return proof(loop, loopProgram, RelationalDomain.INTERVAL);
  }

  private static Verdict proof(
      Verification verification, BpfProgram program, RelationalDomain domain) {
    BpfObject object = verification.object(program);
    return Verifier.verify(
        object, "", program, verification.kind(), verification.options().withDomain(domain));
  }
}
