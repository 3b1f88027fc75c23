package dev.assay.verifier.semantics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  /** A clock that may pass the end of its range, as the system's may. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3);

  private final Deadline deadline = Deadline.after(Duration.ofNanos(10), now::get);

  @Test
  void itHasPassedWhenTheLimitIsReached() {
    now.addAndGet(9);
    assertFalse(deadline.isPast());
    now.addAndGet(1);
    assertTrue(deadline.isPast());
  }

  @Test
  void itStaysPassedAndTheClockIsNotReadAgain() {
    AtomicLong readings = new AtomicLong();
    Deadline passed = Deadline.after(Duration.ofNanos(1), readings::incrementAndGet);
    assertTrue(passed.isPast());
    assertTrue(passed.isPast());
    assertEquals(2, readings.get());
  }

  @Test
  void neverAndInMoreThanThreeCenturiesAreTheSame() {
    assertFalse(Deadline.never().isPast());
    Deadline far = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), now::get);
    now.addAndGet(Long.MAX_VALUE);
    assertFalse(far.isPast());
  }
}
