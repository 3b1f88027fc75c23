package dev.assay.fuzz;

/** What targets ask of what they get. */
final class Expect {
  private Expect() {}

  /** Bad input is refused with one sentence. */
  static void reason(String message) {
    that(!message.isBlank(), "bad input is refused without a reason");
    that(message.indexOf('\n') < 0, "the reason has several lines: " + message);
  }

  /** Fails unless a property holds. */
  static void that(boolean holds, String broken) {
    if (!holds) {
      throw new AssertionError(broken);
    }
  }
}
