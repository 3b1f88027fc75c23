package dev.assay.cli.config;

/** A configuration file that cannot be used: the message is one sentence that starts with file, line and column. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a sentence for people. */
  public ConfigurationException(String message) {
    super(message);
  }
}
