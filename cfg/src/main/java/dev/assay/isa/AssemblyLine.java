package dev.assay.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One line of assembly as tokens that are taken from left to right. */
final class AssemblyLine {
  private static final Pattern COMMENT = Pattern.compile("(;|#|//).*", Pattern.DOTALL);
  private static final Pattern TOKEN = Pattern.compile("""
        (?<symbol> s(?: >>= | >= | > | <= | < | /= | %= ) | <<= | >>= | [-+*/%&|^=!<>]= | [-+*&<>=()\\[\\],:] )
      | (?<word> [A-Za-z_.$@][\\w.$@]* )
      | (?<number> [0-9]\\w* )
      """, Pattern.COMMENTS);

  private enum Kind {
    SYMBOL,
    WORD,
    NUMBER,
    END
  }

  private record Token(Kind kind, String text, int column) {}

  private final int number;
  private final List<Token> tokens;
  private int position;

  /**
   * Splits a line.
   *
   * @param number the line's number, from 1
   * @throws AssemblyException if a character belongs to no token
   */
  AssemblyLine(int number, String line) {
    this.number = number;
    this.tokens = tokenize(number, COMMENT.matcher(line).replaceFirst("").stripTrailing());
  }

  private static List<Token> tokenize(int number, String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
        continue;
      }
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new AssemblyException(
            number, at + 1, "unexpected character '" + text.charAt(at) + "'");
      }
      tokens.add(new Token(kindOf(matcher), matcher.group(), at + 1));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", text.length() + 1));
    return List.copyOf(tokens);
  }

  private static Kind kindOf(Matcher matcher) {
    if (matcher.group("word") != null) {
      return Kind.WORD;
    }
    return matcher.group("number") != null ? Kind.NUMBER : Kind.SYMBOL;
  }

  /** Whether nothing is left. */
  boolean atEnd() {
    return next().kind() == Kind.END;
  }

  /** Whether this word or symbol comes next. */
  boolean at(String text) {
    return !atEnd() && next().text().equals(text);
  }

  /** Whether a number comes next, with or without a minus sign. */
  boolean atInteger() {
    return next().kind() == Kind.NUMBER
        || (at("-") && tokens.get(position + 1).kind() == Kind.NUMBER);
  }

  /** Whether what comes next is the one instruction that takes two slots: {@code register = immediate ll}. */
  boolean atWideImmediate() {
    int last = tokens.size() - 2;
    return last > position + 1
        && tokens.get(position + 1).text().equals("=")
        && tokens.get(last).text().equals("ll");
  }

  /** Takes a label with its colon, if one comes next. */
  Optional<String> takeLabel() {
    Token label = next();
    boolean named = label.kind() == Kind.WORD || label.kind() == Kind.NUMBER;
    if (!named || !tokens.get(position + 1).text().equals(":")) {
      return Optional.empty();
    }
    position += 2;
    return Optional.of(label.text());
  }

  /** Takes this word or symbol, if it comes next. */
  boolean accept(String text) {
    boolean accepted = at(text);
    if (accepted) {
      position++;
    }
    return accepted;
  }

  /** Takes this word or symbol. */
  void expect(String text) {
    if (!accept(text)) {
      throw expected("'" + text + "'");
    }
  }

  /** What the word or symbol that comes next stands for, if {@code known} knows it. */
  <T> Optional<T> atAny(Map<String, T> known) {
    return Optional.ofNullable(known.get(next().text()));
  }

  /** Takes a word or symbol that {@code known} knows. */
  <T> Optional<T> acceptAny(Map<String, T> known) {
    Optional<T> value = atAny(known);
    value.ifPresent(taken -> position++);
    return value;
  }

  /** Takes a word or number, as a name. */
  String takeName(String what) {
    Token name = next();
    if (name.kind() != Kind.WORD && name.kind() != Kind.NUMBER) {
      throw expected(what);
    }
    position++;
    return name.text();
  }

  /**
   * Takes a number with or without a minus sign.
   *
   * @param bits how many bits it must fit as a signed number, 1 to 64
   * @param orUnsigned whether it may also fit them as an unsigned number
   */
  long takeInteger(int bits, boolean orUnsigned) {
    if (!atInteger()) {
      throw expected("a number");
    }
    boolean negative = at("-");
    String digits = tokens.get(negative ? position + 1 : position).text();
    long magnitude = magnitude(digits);
    long limit =
        negative ? 1L << (bits - 1) : orUnsigned ? -1L >>> (64 - bits) : (1L << (bits - 1)) - 1;
    if (Long.compareUnsigned(magnitude, limit) > 0) {
      String kind = orUnsigned ? " bits" : " bits with sign";
      throw error((negative ? "-" : "") + digits + " does not fit " + bits + kind);
    }
    position += negative ? 2 : 1;
    return negative ? -magnitude : magnitude;
  }

  private long magnitude(String digits) {
    boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
    try {
      return hexadecimal
          ? Long.parseUnsignedLong(digits.substring(2), 16)
          : Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw error("'" + digits + "' is not a decimal or 0x number of at most 64 bits");
    }
  }

  /** The exception that says that something else should come next. */
  AssemblyException expected(String what) {
    String found = atEnd() ? "the end of the line" : "'" + next().text() + "'";
    return error("expected " + what + ", found " + found);
  }

  /** The exception for what comes next. */
  AssemblyException error(String reason) {
    return new AssemblyException(number, next().column(), reason);
  }

  /** The exception for what was taken last. */
  AssemblyException errorBefore(String reason) {
    return new AssemblyException(number, tokens.get(Math.max(0, position - 1)).column(), reason);
  }

  private Token next() {
    return tokens.get(position);
  }
}
