package dev.assay.cli.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How much of the Java heap some work holds on to. The heap's use by itself says little: it grows with garbage until the collector runs, as late as the
 * heap's size lets it. So a thread collects again and again while the work goes on, at moments that have nothing to do with it, and the most
 * that one of them found reachable, above what was before the work, is taken. It may be less than the peak, if that was between two collections,
 * and is never more.
 */
final class LiveHeap {
  /** Work that is over before is done again, until so many collections fell into it. */
  private static final int LEAST_COLLECTIONS = 8;

  private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final long before;
  private long peak;
  private volatile int collections;
  private volatile boolean done;

  private LiveHeap() {
    before = reachable();
  }

  /** The most bytes above those before that were seen reachable during the work, which is done once or more often. */
  static long peakDuring(Runnable work) throws InterruptedException {
    LiveHeap heap = new LiveHeap();
    Thread collector = Thread.ofPlatform().name("heap samples").daemon().start(heap::collect);
    try {
      do {
        work.run();
      } while (heap.collections < LEAST_COLLECTIONS);
    } finally {
      heap.done = true;
      collector.join();
    }
    return heap.peak;
  }

  private void collect() {
    long pause = SHORTEST_PAUSE;
    while (!done) {
      LockSupport.parkNanos(pause);
      long start = System.nanoTime();
      peak = Math.max(peak, reachable() - before);
      collections++;
      if (collections >= LEAST_COLLECTIONS) {
        // As long as a collection takes, so that long work gets on.
        pause = Math.max(SHORTEST_PAUSE, System.nanoTime() - start);
      }
    }
  }

  /**
   * What the collection found reachable, in bytes, by its own account: what is in use a moment later has the buffers that threads allocate from in
   * it, which are larger than many a proof.
   */
  private static long reachable() {
    System.gc();
    long bytes = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP && usage != null) {
        bytes += usage.getUsed();
      }
    }
    return bytes;
  }
}
