package dev.assay.cli;

import dev.assay.report.Palette;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the command's output goes.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param colours whether the user does not mind colours on a terminal (<a href="https://no-color.org">no-color.org</a>)
 */
record Terminal(boolean out, boolean err, boolean colours) {
  /** Output that nobody watches. */
  static final Terminal NONE = new Terminal(false, false, false);

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  /** What this process's output goes to. */
  static Terminal ofProcess() {
    String noColor = System.getenv("NO_COLOR");
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        isTerminal(STANDARD_OUTPUT),
        isTerminal(STANDARD_ERROR) && !dumb,
        (noColor == null || noColor.isEmpty()) && !dumb);
  }

  /** The palette for standard output. */
  Palette palette(ColourChoice choice) {
    return choice.isColoured(out && colours) ? Palette.COLOURED : Palette.PLAIN;
  }

  /** When to use colours. */
  enum ColourChoice {
    AUTO,
    ALWAYS,
    NEVER;

    boolean isColoured(boolean suitable) {
      return switch (this) {
        case AUTO -> suitable;
        case ALWAYS -> true;
        case NEVER -> false;
      };
    }
  }

  /**
   * The JDK only tells whether input and output both are terminals ({@link Console#isTerminal}); where the system says
   * what a file descriptor leads to, that is better.
   */
  private static boolean isTerminal(int descriptor) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (Files.isSymbolicLink(link)) {
      try {
        String target = Files.readSymbolicLink(link).toString();
        return target.startsWith("/dev/pts/")
            || target.startsWith("/dev/tty")
            || target.equals("/dev/console");
      } catch (IOException e) {
        return false;
      }
    }
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
