package dev.assay.referee.campaign;

import dev.assay.numeric.RelationalDomain;
import dev.assay.referee.Inputs;
import dev.assay.referee.Referee;
import dev.assay.referee.Subject;
import dev.assay.referee.Violation;
import dev.assay.referee.generator.ProgramGenerator;
import dev.assay.verifier.search.Rung;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Many generated programs, one for each seed from a first one on, shared by several threads. What is found of a seed does not depend on the
 * others, so that it is found again from that seed alone.
 */
public final class Campaign {
  private static final int INPUTS = 6;

  private final AtomicLong begun = new AtomicLong();
  private final long first;
  private final long count;
  private final RelationalDomain domain;
  private final BooleanSupplier goesOn;
  private final Witness witness;
  private Tally tally = Tally.NONE;
  private volatile boolean stopped;
  private @Nullable IllegalStateException failure;

  private Campaign(
      long first, long count, RelationalDomain domain, BooleanSupplier goesOn, Witness witness) {
    this.first = first;
    this.count = count;
    this.domain = domain;
    this.goesOn = goesOn;
    this.witness = witness;
  }

  /** Is told what is found and how far it is; one call at a time. */
  public interface Witness {
    /** The program of {@code seed} violates its verdict. */
    void found(long seed, Violation violation);

    /** So much was examined by now. */
    void reached(Tally tally);
  }

  /** Examines the program of one seed, proved with a domain, on a number of inputs that the seed and the code decide. */
  public static Referee.Ruling examine(long seed, RelationalDomain domain) {
    Subject subject = ProgramGenerator.generate(seed).withDomain(domain);
    return Referee.rule(subject, Inputs.of(subject.code(), seed, INPUTS), rungs(seed));
  }

  /** The rungs in turn: all of them would take four times as long for each program. */
  private static Set<Rung> rungs(long seed) {
    Rung[] rungs = Rung.values();
    return EnumSet.of(rungs[(int) Math.floorMod(seed, (long) rungs.length)]);
  }

  /**
   * Examines the programs of {@code count} seeds from {@code first} on, or as many as there is time for. After the largest seed comes the least.
   *
   * @param domain what the programs are proved with
   * @param threads how many at a time
   * @param goesOn asked before each program; when it says no, no other is begun
   * @throws IllegalStateException if a program could not be examined, so that nothing is known of it; no other is begun then
   */
  public static Tally run(
      long first,
      long count,
      RelationalDomain domain,
      int threads,
      BooleanSupplier goesOn,
      Witness witness)
      throws InterruptedException {
    Campaign campaign = new Campaign(first, count, domain, goesOn, witness);
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] = new Thread(campaign::work, "referee-" + i);
      workers[i].setDaemon(true);
      workers[i].start();
    }
    try {
      for (Thread worker : workers) {
        worker.join();
      }
    } finally {
      campaign.stopped = true;
    }
    return campaign.result();
  }

  private synchronized Tally result() {
    if (failure != null) {
      throw failure;
    }
    return tally;
  }

  private void work() {
    while (!stopped && goesOn.getAsBoolean()) {
      long index = begun.getAndIncrement();
      if (index >= count) {
        return;
      }
      long seed = first + index;
      try {
        Referee.Ruling ruling = examine(seed, domain);
        Optional<Violation> violation = ruling.violation().map(Referee::minimised);
        report(seed, ruling, violation);
      } catch (RuntimeException | Error e) {
        fail(seed, e);
      }
    }
  }

  private synchronized void fail(long seed, Throwable cause) {
    stopped = true;
    if (failure == null) {
      failure = new IllegalStateException(
          "the program of seed " + seed + " was not examined: " + cause, cause);
    }
  }

  private synchronized void report(
      long seed, Referee.Ruling ruling, Optional<Violation> violation) {
    tally = tally.plus(ruling);
    violation.ifPresent(found -> witness.found(seed, found));
    witness.reached(tally);
  }
}
