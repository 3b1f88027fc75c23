package dev.assay.cli.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * A pattern for names: {@code *} stands for any characters, {@code /} included, {@code ?} for one character, {@code {a,b}} for
 * one of the alternatives (which may hold {@code *}, {@code ?} and further alternatives), {@code \} makes the next character an
 * ordinary one. The whole name has to match.
 */
public final class Glob {
  private static final int MAXIMUM_LENGTH = 1000;

  private final String text;
  private final Pattern pattern;

  private Glob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if a brace is missing or the pattern is longer than 1000 characters, with a message for people
   */
  public static Glob of(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new IllegalArgumentException("a pattern has at most " + MAXIMUM_LENGTH + " characters");
    }
    StringBuilder regex = new StringBuilder();
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '*' -> appendStar(regex);
        case '?' -> regex.append('.');
        case '{' -> {
          open.push(i);
          regex.append("(?:");
        }
        case '}' -> {
          if (open.isEmpty()) {
            throw new IllegalArgumentException("in \"" + text + "\" a '}' has no '{'");
          }
          open.pop();
          regex.append(')');
        }
        case ',' -> regex.append(open.isEmpty() ? "," : "|");
        case '\\' -> {
          i++;
          if (i == text.length()) {
            throw new IllegalArgumentException(
                "\"" + text + "\" ends with a '\\' that makes nothing ordinary");
          }
          appendLiteral(regex, text.charAt(i));
        }
        default -> appendLiteral(regex, character);
      }
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("in \"" + text + "\" a '{' has no '}'");
    }
    return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Whether the whole of {@code name} matches. */
  public boolean matches(String name) {
    return pattern.matcher(name).matches();
  }

  @Override
  public String toString() {
    return text;
  }

  /** Adjacent stars mean the same as one, and cost more than one in a backtracking matcher. */
  private static void appendStar(StringBuilder regex) {
    if (!regex.toString().endsWith(".*")) {
      regex.append(".*");
    }
  }

  private static void appendLiteral(StringBuilder regex, char character) {
    if (!Character.isLetterOrDigit(character)) {
      regex.append('\\');
    }
    regex.append(character);
  }
}
