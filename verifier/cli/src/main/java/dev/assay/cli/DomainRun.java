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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Measures programs one after the other with the domain of the options. */
final class DomainRun {
  private static final double NANOSECONDS = 1e9;

  private final VerifierOptions options;
  private final ProgressBar progress;
  private final List<Work> works = new ArrayList<>();

  DomainRun(VerifierOptions options, ProgressBar progress) {
    this.options = options;
    this.progress = progress;
  }

  /** A program, and how to verify it; {@code verification} holds on to its object, but not to what it takes to prove it. */
  private record Work(Subject subject, Supplier<Verdict> verification) {}

  /** Adds the programs of an object; those that cannot be read are left out. */
  void add(ObjectFile file, WorkList workList) throws UnreadableObjectException {
    for (Job job : workList.jobs(file)) {
      if (job instanceof Job.Pending pending) {
        BpfObject object = file.read();
        works.add(work(
            Subject.of(file.name(), pending.section(), pending.function()),
            object,
            pending.index(),
            pending.kind()));
      }
    }
  }

  /** Adds a generated program. */
  void add(DoubleComparison family, int n) {
    ProgramKind kind =
        LinuxPlatform.load().programKindOfSection(DoubleComparison.SECTION).orElseThrow();
    works.add(work(family.subject(n), family.program(n), 0, kind));
  }

  private Work work(Subject subject, BpfObject object, int index, ProgramKind kind) {
    return new Work(
        subject,
        () ->
            Verifier.verify(object, subject.object(), object.programs().get(index), kind, options));
  }

  /** Verifies one program after the other, again and again, for about so many seconds. */
  void warmUp(double seconds) {
    long start = System.nanoTime();
    for (int i = 0; System.nanoTime() - start < seconds * NANOSECONDS; i++) {
      works.get(i % works.size()).verification().get();
    }
  }

  /** Measures all of them, in the order in which they were added. */
  void measure(MeasurementFile file) throws IOException, InterruptedException {
    Meter meter = new Meter(options.domain());
    Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    for (Work work : works) {
      Measurement measurement = meter.measure(work.subject(), work.verification());
      file.add(measurement);
      decisions.merge(measurement.decision(), 1, Integer::sum);
      progress.draw(new Summary(decisions, 0, 0), works.size());
    }
    progress.clear();
  }
}
