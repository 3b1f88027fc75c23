package dev.assay.cli;

import dev.assay.isa.MalformedRegistryException;
import dev.assay.platform.MalformedTableException;

/** What to say when Assay itself is at fault. */
final class InternalFailure {
  private InternalFailure() {}

  /** One sentence that names what went wrong and where, without a stack trace. */
  static String message(Throwable error) {
    if (error instanceof OutOfMemoryError) {
      return "out of memory; give Java more heap with -Xmx, or verify fewer programs at a time"
          + " with --jobs 1";
    }
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof MalformedRegistryException || cause instanceof MalformedTableException) {
        return "a table of this build is malformed: " + cause.getMessage()
            + "; mend it and build again";
      }
    }
    StackTraceElement[] trace = error.getStackTrace();
    String place = trace.length == 0 ? "an unknown place" : trace[0].toString();
    String reason = error.getMessage() == null ? "" : " (" + error.getMessage() + ")";
    return "internal error: %s%s at %s; please report it"
        .formatted(error.getClass().getSimpleName(), reason, place);
  }
}
