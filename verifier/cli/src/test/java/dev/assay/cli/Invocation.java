package dev.assay.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One call of the command in this process.
 *
 * @param status the exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Invocation(int status, String out, String err) {
  static Invocation of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Invocation(status, out.toString(), err.toString());
  }

  /** One call of the command with an input. */
  static Invocation on(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status = Main.run(
        arguments,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintWriter(out),
        new PrintWriter(err));
    return new Invocation(status, out.toString(), err.toString());
  }

  /** The path of one of the repository's examples, such as {@code xdp-firewall/firewall.o}. */
  static String example(String name) {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("no folder above this one holds the examples");
      }
    }
    return folder.resolve("examples").resolve(name).toString();
  }

  /** Whether neither output holds a stack trace. */
  boolean isTidy() {
    return !(out + err).contains("\tat ") && !(out + err).contains("Exception");
  }
}
