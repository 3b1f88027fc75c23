package dev.assay.numeric;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Order, joins and conditions of single numbers, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScalarLatticeBenchmark {
  private Scalar octet = Scalar.unsigned(0, 255);
  private Scalar offset = Scalar.unsigned(14, 1500);
  private Scalar signed = Scalar.signed(-4095, 16);
  private Scalar overlap = Scalar.unsigned(14, 255);
  private Range octets = Range.unsigned(Word.W64, 0, 255);
  private Range offsets = Range.unsigned(Word.W64, 14, 1500);
  private Thresholds thresholds = Thresholds.of(0, 255, 65535);

  /** The least upper bound of overlapping intervals. */
  @Benchmark
  public Scalar join() {
    return octet.join(offset);
  }

  /** The greatest lower bound. */
  @Benchmark
  public Scalar meet() {
    return octet.meet(offset);
  }

  /** The least upper bound of numbers of both signs. */
  @Benchmark
  public Scalar joinAcrossZero() {
    return signed.join(offset);
  }

  /** Inclusion that holds. */
  @Benchmark
  public boolean includes() {
    return offset.includes(overlap);
  }

  /** Widening to a threshold. */
  @Benchmark
  public Scalar widen() {
    return octet.widen(offset, thresholds);
  }

  /** What an unsigned comparison leaves of both sides. */
  @Benchmark
  public Refined assumeLess() {
    return Scalar.assume(Condition.LT, false, octet, offset);
  }

  /** The least upper bound of intervals with their known bits, without low halves. */
  @Benchmark
  public Range joinRanges() {
    return octets.join(offsets);
  }
}
