package dev.assay.referee.kernel;

import java.util.List;

/**
 * What Linux says of a program.
 *
 * @param error the error number if it is not accepted, else 0
 * @param log what its verifier wrote
 */
record KernelVerdict(boolean accepted, int error, String log) {

  /** The last thing that the log complains of, without the numbers of registers, instructions and bounds, so that like is counted with like. */
  String reason() {
    List<String> complaints = log.lines().filter(line -> !isStatistics(line)).toList();
    String last =
        complaints.isEmpty() ? "error " + error + " without a word" : complaints.getLast();
    return last.strip()
        .replaceAll("\\bR\\d+", "R#")
        .replaceAll("0x[0-9a-f]+|-?\\b\\d+\\b", "#")
        .replaceAll("\\bfp-?#", "fp#")
        .replaceAll("\\s+", " ");
  }

  private static boolean isStatistics(String line) {
    return line.isBlank()
        || line.startsWith("processed ")
        || line.startsWith("verification time ")
        || line.startsWith("stack depth ")
        || line.startsWith("mark_precise:");
  }
}
