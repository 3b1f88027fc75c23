package dev.assay.cli.bench;

import com.sun.management.ThreadMXBean;
import dev.assay.numeric.RelationalDomain;
import dev.assay.verifier.verdict.Verdict;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Measures verifications with one domain, on the calling thread. The JVM should be warm, and do nothing else meanwhile. */
public final class Meter {
  private static final int LEAST_RUNS = 3;
  private static final int MOST_RUNS = 51;
  /** Runs go on until they have taken as long together: short ones vary. */
  private static final double ENOUGH_MILLISECONDS = 50;
  /** A run as long as this says enough by itself. */
  private static final double LONG_MILLISECONDS = 1000;

  private final RelationalDomain domain;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final List<GarbageCollectorMXBean> collectors =
      ManagementFactory.getGarbageCollectorMXBeans();

  /** A meter for verifications with this domain. */
  public Meter(RelationalDomain domain) {
    this.domain = domain;
  }

  /** What one run took. */
  private record Run(Verdict verdict, double wall, double cpu, double allocated) {}

  /**
   * Verifies a program several times, for the times and then for the memory.
   *
   * @param verification verifies it once
   */
  public Measurement measure(Subject subject, Supplier<Verdict> verification)
      throws InterruptedException {
    List<Run> runs = new ArrayList<>();
    double total = 0;
    while (isTooLittle(runs.size(), total)) {
      Run run = run(verification);
      runs.add(run);
      total += run.wall();
    }
    // Both at once: a collection finds which elements outside of the heap nobody refers to.
    ResidentSet process = ResidentSet.watched();
    long heap = LiveHeap.peakDuring(() -> run(verification));
    OptionalLong outside = isOnHeap() ? OptionalLong.empty() : process.growth();
    Verdict verdict = runs.getLast().verdict();
    return new Measurement(
        domain.name(),
        subject,
        verdict.instructions(),
        verdict.decision(),
        runs.size(),
        median(runs, Run::wall),
        median(runs, Run::cpu),
        Math.round(median(runs, Run::allocated)),
        heap,
        outside);
  }

  static boolean isTooLittle(int runs, double milliseconds) {
    if (runs == 0) {
      return true;
    }
    return milliseconds < LONG_MILLISECONDS
        && runs < MOST_RUNS
        && (runs < LEAST_RUNS || milliseconds < ENOUGH_MILLISECONDS);
  }

  private boolean isOnHeap() {
    return domain == RelationalDomain.ZONE || domain == RelationalDomain.INTERVAL;
  }

  private Run run(Supplier<Verdict> verification) {
    long collected = collectionMilliseconds();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long cpu = threads.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    Verdict verdict = verification.get();
    long end = System.nanoTime();
    return new Run(
        verdict,
        milliseconds(end - start),
        milliseconds(threads.getCurrentThreadCpuTime() - cpu)
            + collectionMilliseconds()
            - collected,
        threads.getCurrentThreadAllocatedBytes() - allocated);
  }

  private long collectionMilliseconds() {
    return collectors.stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .sum();
  }

  private static double milliseconds(long nanoseconds) {
    return nanoseconds / (double) TimeUnit.MILLISECONDS.toNanos(1);
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> cost) {
    return Median.of(runs.stream().mapToDouble(cost));
  }
}
