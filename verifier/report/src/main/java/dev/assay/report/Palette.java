package dev.assay.report;

/**
 * How words are set off from one another: by the terminal's colours, or not at all. Whoever opens the output knows
 * whether it is a terminal.
 */
public enum Palette {
  /** Text without escape sequences. */
  PLAIN("", "", "", "", "", ""),
  /** ANSI X3.64 "select graphic rendition" sequences. */
  COLOURED("\u001b[32m", "\u001b[31m", "\u001b[33m", "\u001b[1m", "\u001b[2m", "\u001b[0m");

  private final String good;
  private final String bad;
  private final String doubtful;
  private final String strong;
  private final String faint;
  private final String end;

  Palette(String good, String bad, String doubtful, String strong, String faint, String end) {
    this.good = good;
    this.bad = bad;
    this.doubtful = doubtful;
    this.strong = strong;
    this.faint = faint;
    this.end = end;
  }

  /** For what went well. */
  public String good(String text) {
    return good + text + end;
  }

  /** For what went wrong. */
  public String bad(String text) {
    return bad + text + end;
  }

  /** For what is open. */
  public String doubtful(String text) {
    return doubtful + text + end;
  }

  /** For what the eye should find first. */
  public String strong(String text) {
    return strong + text + end;
  }

  /** For what the eye may skip. */
  public String faint(String text) {
    return faint + text + end;
  }
}
