package dev.assay.numeric;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What search and judge do with zones: an operation each, in nanoseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ZonesBenchmark {
  /** How many symbols have bounds. A program's states have few, as a rule; a zone keeps 32 at most. */
  @Param({"4", "12", "31"})
  public int symbols;

  private Relations zone = Relations.zones();
  private Relations other = Relations.zones();
  private Ranges ranges = new Ranges(0);
  private BitSet related = new BitSet();

  /** Each symbol is itself, between 0 and 2^20. */
  private record Ranges(int count) implements Relations.Reading {
    @Override
    public int symbol(int t) {
      return t;
    }

    @Override
    public long shift(int t) {
      return 0;
    }

    @Override
    public long min(int t) {
      return 0;
    }

    @Override
    public long max(int t) {
      return 1 << 20;
    }
  }

  /** Two chains of bounds through all symbols, in two orders. */
  @Setup
  public void makeZones() {
    SplittableRandom random = new SplittableRandom(1);
    zone = Relations.zones();
    other = Relations.zones();
    for (int i = 1; i < symbols; i++) {
      zone = zone.assume(i, i + 1, random.nextInt(1000));
      other = other.assume(symbols + 1 - i, symbols - i, random.nextInt(1000));
      other = other.assume(i, i + 1, random.nextInt(1000));
    }
    ranges = new Ranges(symbols);
    related = new BitSet();
    related.set(1, 3);
  }

  /** A bound that shortens paths between all symbols. */
  @Benchmark
  public Relations assumeAndClose() {
    return zone.assume(symbols, 1, 5);
  }

  /** A bound that is known. */
  @Benchmark
  public Relations assumeKnown() {
    return zone.assume(1, 2, 1_000_000);
  }

  /** A symbol less, and all paths through it. */
  @Benchmark
  public Relations forget() {
    return zone.forget(symbols / 2);
  }

  /** The least upper bound. */
  @Benchmark
  public Relations join() {
    return zone.join(ranges, other, ranges, related);
  }

  /** The widening. */
  @Benchmark
  public Relations widen() {
    return zone.widen(ranges, other, ranges);
  }

  /** Inclusion of an element in itself, the longest case. */
  @Benchmark
  public boolean includes() {
    return zone.includes(ranges, zone, ranges);
  }
}
