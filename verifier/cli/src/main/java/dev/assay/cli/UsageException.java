package dev.assay.cli;

import java.util.List;

/** The user asked for something that cannot be done: the message is one sentence with the remedy. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> options;

  UsageException(String message) {
    this(List.of(), message);
  }

  private UsageException(List<String> options, String message) {
    super(message);
    this.options = options;
  }

  /** With a message about the value of an option, which it starts with. */
  static UsageException of(String option, String message) {
    return new UsageException(List.of(option), option + ": " + message);
  }

  /** With a message about the values of several options, which it names. */
  static UsageException of(List<String> options, String message) {
    return new UsageException(List.copyOf(options), message);
  }

  /** The options that it is about, with their dashes; a configuration may have set them. */
  List<String> options() {
    return options;
  }
}
