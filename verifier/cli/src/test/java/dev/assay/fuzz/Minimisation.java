package dev.assay.fuzz;

import java.util.Arrays;
import java.util.Optional;

/** Makes inputs that show a bug smaller and simpler, as long as they show the same one. */
final class Minimisation {
  private final Target target;
  private final String bug;
  private byte[] smallest;

  private Minimisation(Target target, byte[] input, String bug) {
    this.target = target;
    this.smallest = input;
    this.bug = bug;
  }

  /** An input that shows what {@code input} does; empty if that shows no bug. */
  static Optional<byte[]> of(Target target, byte[] input) {
    return bug(target, input).map(bug -> new Minimisation(target, input, bug).minimise());
  }

  /** What is thrown and where, without the message, which may tell of the input; empty if nothing is. */
  private static Optional<String> bug(Target target, byte[] input) {
    try {
      target.run(input);
      return Optional.empty();
    } catch (Throwable e) {
      String place = Arrays.stream(e.getStackTrace())
          .filter(frame -> !frame.getClassName().equals(Expect.class.getName()))
          .findFirst()
          .map(StackTraceElement::toString)
          .orElse("");
      return Optional.of(e.getClass().getName() + " " + place);
    }
  }

  private byte[] minimise() {
    int before;
    do {
      before = smallest.length;
      for (int length = Math.max(1, before / 2); length >= 1; length /= 2) {
        deleteRuns(length);
      }
    } while (smallest.length < before);
    for (int at = 0; at < smallest.length; at++) {
      byte[] simpler = smallest.clone();
      simpler[at] = 0;
      keepIfSame(simpler);
    }
    return smallest;
  }

  private void deleteRuns(int length) {
    for (int at = 0; at + length <= smallest.length; ) {
      byte[] shorter = Arrays.copyOf(smallest, smallest.length - length);
      System.arraycopy(smallest, at + length, shorter, at, shorter.length - at);
      at += keepIfSame(shorter) ? 0 : length;
    }
  }

  private boolean keepIfSame(byte[] candidate) {
    boolean same = bug(target, candidate).filter(bug::equals).isPresent();
    if (same) {
      smallest = candidate;
    }
    return same;
  }
}
