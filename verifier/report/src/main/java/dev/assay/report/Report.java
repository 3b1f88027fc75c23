package dev.assay.report;

import dev.assay.verifier.verdict.Verdict;

/**
 * A document made of verdicts, written as they come. A failed write is an {@link java.io.UncheckedIOException}, or is
 * left to the writer where that keeps its errors to itself.
 */
public interface Report {
  /** Writes one verdict. Verdicts of one object should follow one another. */
  void add(Verdict verdict);

  /** Hands on what is written so far. */
  void flush();

  /** Writes what comes after the last verdict, and flushes. Nothing may be added afterwards. */
  void finish();
}
