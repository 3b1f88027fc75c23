package dev.assay.cli;

import dev.assay.cli.bench.DoubleComparison;
import dev.assay.cli.bench.Measurement;
import dev.assay.cli.bench.MeasurementFile;
import dev.assay.cli.bench.Meter;
import dev.assay.cli.bench.Subject;
import dev.assay.object.BpfObject;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.ProgramKind;
import dev.assay.report.Summary;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Decision;
import dev.assay.verifier.verdict.Verdict;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Measures programs one after the other with the domain of the options. Only the object whose turn it is, is in memory: collections of the heap take as long
 * as what is reachable is large, and each measurement of memory needs some.
 *
 * @param objects whose programs are measured, except for those that cannot be read
 * @param iterations for how many iterations programs of each family are measured after them
 */
record DomainRun(
    List<ObjectFile> objects,
    WorkList workList,
    List<Integer> iterations,
    VerifierOptions options) {
  private static final double NANOSECONDS = 1e9;

  /** What is done with each program. */
  @FunctionalInterface
  private interface Visitor {
    /** Called for each program in order; tells whether to go on. */
    boolean visit(Subject subject, Supplier<Verdict> verification)
        throws IOException, InterruptedException;
  }

  /** Verifies one program after the other, again and again, for about so many seconds. */
  void warmUp(double seconds) throws IOException, InterruptedException {
    long start = System.nanoTime();
    boolean goesOn = seconds > 0;
    while (goesOn) {
      goesOn = visit((subject, verification) -> {
        var _ = verification.get();
        return System.nanoTime() - start < seconds * NANOSECONDS;
      });
    }
  }

  /** Measures all of them, and writes each measurement when it is made. */
  void measure(MeasurementFile file, ProgressBar progress)
      throws IOException, InterruptedException {
    int[] total = new int[1];
    visit((subject, verification) -> {
      total[0]++;
      return true;
    });
    Meter meter = new Meter(options.domain());
    Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    visit((subject, verification) -> {
      Measurement measurement = meter.measure(subject, verification);
      file.add(measurement);
      decisions.merge(measurement.decision(), 1, Integer::sum);
      progress.draw(new Summary(decisions, 0, 0), total[0]);
      return true;
    });
    progress.clear();
  }

  private boolean visit(Visitor visitor) throws IOException, InterruptedException {
    for (ObjectFile object : objects) {
      if (!visit(object.again(), visitor)) {
        return false;
      }
    }
    ProgramKind kind =
        LinuxPlatform.load().programKindOfSection(DoubleComparison.SECTION).orElseThrow();
    for (DoubleComparison family : DoubleComparison.values()) {
      for (int n : iterations) {
        if (!visit(family.subject(n), family.program(n), 0, kind, visitor)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean visit(ObjectFile file, Visitor visitor) throws IOException, InterruptedException {
    for (Job job : workList.jobs(file)) {
      if (job instanceof Job.Pending pending
          && !visit(
              Subject.of(file.name(), pending.section(), pending.function()),
              read(file),
              pending.index(),
              pending.kind(),
              visitor)) {
        return false;
      }
    }
    return true;
  }

  private static BpfObject read(ObjectFile file) throws IOException {
    try {
      return file.read();
    } catch (UnreadableObjectException e) {
      throw new IOException(file.name() + " changed while it was measured: " + e.reason(), e);
    }
  }

  private boolean visit(
      Subject subject, BpfObject object, int index, ProgramKind kind, Visitor visitor)
      throws IOException, InterruptedException {
    return visitor.visit(
        subject,
        () ->
            Verifier.verify(object, subject.object(), object.programs().get(index), kind, options));
  }
}
