package dev.assay.cli;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.ProgramKind;
import dev.assay.report.Report;
import dev.assay.report.Summary;
import dev.assay.verifier.Verifier;
import dev.assay.verifier.VerifierOptions;
import dev.assay.verifier.verdict.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies many programs on several threads, the biggest first, so that the last one to end is a small one. Verdicts reach the
 * report in the order of the objects and their programs, whichever is done first.
 */
final class VerificationRun {
  private static final long REDRAW_MILLISECONDS = 100;

  private final Function<ProgramKind, VerifierOptions> demands;
  private final int threads;
  private final ProgressBar progress;

  VerificationRun(
      Function<ProgramKind, VerifierOptions> demands, int threads, ProgressBar progress) {
    this.demands = demands;
    this.threads = threads;
    this.progress = progress;
  }

  /** A program to verify, and its place in the report. */
  private record Task(int position, Job.Pending job) {}

  /** A verdict, and its place in the report. */
  private record Done(int position, Verdict verdict) {}

  /**
   * Verifies every program of these objects, and finishes the report.
   *
   * @return how it went; no programs at all if none is meant
   */
  Summary run(List<ObjectFile> objects, WorkList workList, Report report)
      throws InterruptedException {
    try (ExecutorService workers = Executors.newFixedThreadPool(threads, VerificationRun::worker)) {
      try {
        List<Job> jobs = jobs(objects, workList, workers);
        BlockingQueue<Done> finished = start(jobs, workers);
        Summary summary = collect(jobs.size(), finished, report);
        progress.clear();
        report.finish();
        return summary;
      } finally {
        progress.clear();
        workers.shutdownNow();
      }
    }
  }

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "verifier");
    thread.setDaemon(true);
    return thread;
  }

  private static List<Job> jobs(
      List<ObjectFile> objects, WorkList workList, ExecutorService workers)
      throws InterruptedException {
    List<Future<List<Job>>> readings = new ArrayList<>();
    for (ObjectFile object : objects) {
      readings.add(workers.submit(() -> jobs(object, workList)));
    }
    List<Job> jobs = new ArrayList<>();
    for (Future<List<Job>> reading : readings) {
      try {
        jobs.addAll(reading.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
    return jobs;
  }

  private static List<Job> jobs(ObjectFile object, WorkList workList) {
    try {
      return workList.jobs(object);
    } catch (RuntimeException | Error e) {
      return List.of(Job.failed(object, "", "", "", "internal", InternalFailure.message(e)));
    }
  }

  private BlockingQueue<Done> start(List<Job> jobs, ExecutorService workers) {
    BlockingQueue<Done> finished = new LinkedBlockingQueue<>();
    List<Task> tasks = new ArrayList<>();
    for (int position = 0; position < jobs.size(); position++) {
      switch (jobs.get(position)) {
        case Job.Failed failed -> finished.add(new Done(position, failed.verdict()));
        case Job.Pending pending -> tasks.add(new Task(position, pending));
      }
    }
    tasks.sort(Comparator.comparingInt((Task task) -> task.job().slots()).reversed());
    for (Task task : tasks) {
      workers.execute(() -> finished.add(new Done(task.position(), verify(task.job()))));
    }
    return finished;
  }

  /** Always gives a verdict: {@link #collect} waits for it. */
  private Verdict verify(Job.Pending job) {
    try {
      BpfObject object = job.file().read();
      BpfProgram program = object.programs().get(job.index());
      return Verifier.verify(
          object, job.file().name(), program, job.kind(), demands.apply(job.kind()));
    } catch (UnreadableObjectException e) {
      return failed(job, "object", "the file changed while it was read: " + e.reason());
    } catch (RuntimeException | Error e) {
      return failed(job, "internal", InternalFailure.message(e));
    }
  }

  private static Verdict failed(Job.Pending job, String check, String message) {
    return Job.failed(job.file(), job.section(), job.function(), job.kind().name(), check, message)
        .verdict();
  }

  private Summary collect(int jobs, BlockingQueue<Done> finished, Report report)
      throws InterruptedException {
    @Nullable Verdict[] verdicts = new Verdict[jobs];
    Summary summary = Summary.NONE;
    int reported = 0;
    int done = 0;
    while (done < jobs) {
      Done next = finished.poll(REDRAW_MILLISECONDS, TimeUnit.MILLISECONDS);
      if (next != null) {
        done++;
        verdicts[next.position()] = next.verdict();
        summary = summary.plus(next.verdict());
        if (next.position() == reported) {
          progress.clear();
          reported = report(verdicts, reported, report);
          report.flush();
        }
      }
      progress.draw(summary, jobs);
    }
    return summary;
  }

  /** Reports the verdicts from {@code from} up to the first one that is missing, whose position it returns. */
  private static int report(@Nullable Verdict[] verdicts, int from, Report report) {
    int position = from;
    while (position < verdicts.length) {
      Verdict verdict = verdicts[position];
      if (verdict == null) {
        return position;
      }
      report.add(verdict);
      verdicts[position] = null;
      position++;
    }
    return position;
  }
}
