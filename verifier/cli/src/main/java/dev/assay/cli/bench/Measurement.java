package dev.assay.cli.bench;

import dev.assay.verifier.verdict.Decision;
import java.util.OptionalLong;

/**
 * What one domain made of one program, and at what cost. Where there were several runs, each cost is the median of theirs.
 *
 * @param domain the domain's name
 * @param instructions how long the program is
 * @param runs how often it was verified for the times
 * @param wallMilliseconds time on the clock
 * @param cpuMilliseconds time of the verifying thread on a processor, and of the garbage collector
 * @param allocatedBytes what the verifying thread allocated on the Java heap, most of which is soon garbage
 * @param heapBytes the most that was reachable on the Java heap at a time, above what was before: see {@link LiveHeap}
 * @param outsideBytes by how much the process grew meanwhile, of which nothing is on the heap, for domains that keep their elements
 *     outside of it: see {@link ResidentSet}
 */
public record Measurement(
    String domain,
    Subject subject,
    int instructions,
    Decision decision,
    int runs,
    double wallMilliseconds,
    double cpuMilliseconds,
    long allocatedBytes,
    long heapBytes,
    OptionalLong outsideBytes) {

  /** Memory that the proof needs, in bytes: on the heap and outside of it. */
  public long memoryBytes() {
    return heapBytes + outsideBytes.orElse(0);
  }

  /** Whether the program is accepted. */
  public boolean accepted() {
    return decision == Decision.ACCEPTED;
  }
}
