package dev.assay.numeric;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Operations on single numbers, in nanoseconds each: known bits by themselves, ranges with known bits, and the product with low halves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScalarBenchmark {
  private static final int PAIRS = 256;

  /** What is done with each pair. */
  @Param({"ADD", "MUL", "AND", "SHIFT_LEFT"})
  public Operation operation = Operation.ADD;

  private final Scalar[] left = new Scalar[PAIRS];
  private final Scalar[] right = new Scalar[PAIRS];
  private final KnownBits[] leftBits = new KnownBits[PAIRS];
  private final KnownBits[] rightBits = new KnownBits[PAIRS];

  /** Numbers as programs have them: constants, bytes and words, offsets, and some of which little is known. */
  @Setup
  public void makeNumbers() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < PAIRS; i++) {
      left[i] = number(random);
      right[i] =
          operation == Operation.SHIFT_LEFT ? Scalar.constant(random.nextInt(64)) : number(random);
      leftBits[i] = new KnownBits(left[i].bitsValue(), left[i].bitsMask());
      rightBits[i] = new KnownBits(right[i].bitsValue(), right[i].bitsMask());
    }
  }

  private static Scalar number(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> Scalar.constant(random.nextInt(1 << 16));
      case 1 -> Scalar.unsigned(0, 255);
      case 2 -> Scalar.unsigned(0, 0xffffffffL);
      case 3 -> Scalar.signed(-random.nextInt(1, 1000), random.nextInt(1000));
      default -> Scalar.knownBits(random.nextLong() & 0xff00L, ~0xff00L);
    };
  }

  /** The product. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void scalar(Blackhole results) {
    for (int i = 0; i < PAIRS; i++) {
      results.consume(left[i].apply(operation, false, right[i]));
    }
  }

  /** Known bits alone. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public void knownBits(Blackhole results) {
    for (int i = 0; i < PAIRS; i++) {
      results.consume(
          switch (operation) {
            case ADD -> leftBits[i].add(rightBits[i]);
            case MUL -> leftBits[i].mul(rightBits[i]);
            case AND -> leftBits[i].and(rightBits[i]);
            default -> leftBits[i].shiftLeft((int) right[i].constantValue());
          });
    }
  }
}
