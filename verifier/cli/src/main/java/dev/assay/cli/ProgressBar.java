package dev.assay.cli;

import dev.assay.report.Summary;
import dev.assay.verifier.verdict.Decision;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line on a terminal that says how far a run is; it appears when the run takes longer than a second. */
final class ProgressBar {
  private static final long DELAY = TimeUnit.SECONDS.toNanos(1);
  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int WIDTH = 30;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean visible;
  private final String label;
  private final long start = System.nanoTime();
  private long drawnAt = start + DELAY - INTERVAL;
  private boolean drawn;

  /**
   * A bar that is not drawn yet.
   *
   * @param visible whether {@code err} leads to a terminal
   */
  ProgressBar(PrintWriter err, boolean visible) {
    this(err, visible, "");
  }

  /**
   * A bar that says what it is about.
   *
   * @param label what stands before the bar
   */
  ProgressBar(PrintWriter err, boolean visible, String label) {
    this.err = err;
    this.visible = visible;
    this.label = label;
  }

  /** Draws the bar, if it is time for that. */
  void draw(Summary soFar, int total) {
    long now = System.nanoTime();
    if (!visible || now - drawnAt < INTERVAL) {
      return;
    }
    drawnAt = now;
    drawn = true;
    int filled = (int) ((long) WIDTH * soFar.programs() / total);
    err.print(String.format(
        Locale.ROOT,
        "%s%s[%s%s] %d of %d programs, %d accepted",
        ERASE_LINE,
        label,
        "=".repeat(filled),
        " ".repeat(WIDTH - filled),
        soFar.programs(),
        total,
        soFar.count(Decision.ACCEPTED)));
    err.flush();
  }

  /** Takes the bar away, so that other lines can be printed. */
  void clear() {
    if (drawn) {
      err.print(ERASE_LINE);
      err.flush();
      drawn = false;
      drawnAt = System.nanoTime() - INTERVAL;
    }
  }
}
