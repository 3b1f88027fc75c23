package dev.assay.interpreter;

import dev.assay.isa.Assembler;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.LinuxPlatform;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Loops of 10^8 instructions. An operation is one instruction, so that the score in operations a microsecond is
 * millions of instructions a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LoopBenchmark {
  private static final int INSTRUCTIONS = 100_000_000;
  private static final int CONTEXT_SIZE = 64;

  /** What the loop is made of. */
  public enum Mix {
    /** Arithmetic, branches and loads, as in a packet parser. */
    MIXED(11, """
          r2 = *(u32 *)(r1 + 4)
          r0 += r2
          r0 ^= r3
          w4 = w3
          w4 <<= 3
          r0 += r4
          if r4 == 77 goto skip
          r5 = *(u8 *)(r1 + 11)
          r0 -= r5
        skip:
        """),

    /** Loads and stores of all sizes in three regions. */
    MEMORY(10, """
          r2 = *(u64 *)(r1 + 8)
          *(u64 *)(r10 - 8) = r2
          r4 = *(u32 *)(r10 - 8)
          *(u16 *)(r10 - 16) = r4
          r5 = *(u16 *)(r10 - 16)
          *(u8 *)(r1 + 3) = r5
          r0 = *(u8 *)(r1 + 3)
          r0 ^= r2
        """);

    private final int length;
    private final String body;

    Mix(int length, String body) {
      this.length = length;
      this.body = body;
    }

    private String program() {
      return """
            r0 = 0
            r3 = 0
            r6 = %d
          loop:
          %s
            r3 += 1
            if r3 < r6 goto loop
            exit
          """.formatted(INSTRUCTIONS / length, body);
    }
  }

  /** Which loop is run. */
  @Param
  public Mix mix = Mix.MIXED;

  private Machine machine = machine(mix);

  private static Machine machine(Mix mix) {
    BpfProgram program = BpfProgram.of(".text", "loop", Assembler.assemble(mix.program()));
    byte[] context = new byte[CONTEXT_SIZE];
    new Random(1).nextBytes(context);
    return Machine.builder(LinuxPlatform.load(), BpfObject.of(program, List.of()), program)
        .context(context)
        .instructionLimit(2L * INSTRUCTIONS)
        .build();
  }

  /** Makes a fresh machine, which runs once. */
  @Setup(Level.Invocation)
  public void makeMachine() {
    machine = machine(mix);
  }

  /** One run. */
  @Benchmark
  @OperationsPerInvocation(INSTRUCTIONS)
  public Outcome run() {
    return machine.run();
  }
}
