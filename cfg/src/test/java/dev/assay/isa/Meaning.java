package dev.assay.isa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries out the text of a row of the registry, read as C on 64-bit numbers with these additions: {@code s} before an
 * operator makes it signed, all others are unsigned; {@code u8} to {@code s64} are types; division and shifts are those
 * of Java. It knows nothing of {@link Arithmetic}, which is held against it.
 */
public final class Meaning {
  /** What an instruction can read and write. Memory is one value, at the only address that the text may name. */
  public static final class Machine {
    public long dst;
    public long src;
    public long r0;
    public long imm;
    public long nextImm;
    public long offset;
    public long memory;
    public long address;
    public boolean jumped;
    public boolean bigEndian;
  }

  private static final Pattern TOKEN =
      Pattern.compile("s?(<=|>=|<<|>>|[<>/%])|[=!]=|[-+|&^]=|[-+*|&^?:=(),]|\\w+");

  /** Binary operators, the weakest first. */
  private static final List<Map<String, LongBinaryOperator>> BINARY = List.of(
      Map.of("==", (a, b) -> truth(a == b), "!=", (a, b) -> truth(a != b)),
      Map.of(
          ">", (a, b) -> truth(Long.compareUnsigned(a, b) > 0),
          ">=", (a, b) -> truth(Long.compareUnsigned(a, b) >= 0),
          "<", (a, b) -> truth(Long.compareUnsigned(a, b) < 0),
          "<=", (a, b) -> truth(Long.compareUnsigned(a, b) <= 0),
          "s>", (a, b) -> truth(a > b),
          "s>=", (a, b) -> truth(a >= b),
          "s<", (a, b) -> truth(a < b),
          "s<=", (a, b) -> truth(a <= b)),
      Map.of("|", (a, b) -> a | b),
      Map.of("^", (a, b) -> a ^ b),
      Map.of("&", (a, b) -> a & b),
      Map.of("<<", (a, b) -> a << b, ">>", (a, b) -> a >>> b, "s>>", (a, b) -> a >> b),
      Map.of("+", Long::sum, "-", (a, b) -> a - b),
      Map.of(
          "*", (a, b) -> a * b,
          "/", Long::divideUnsigned,
          "%", Long::remainderUnsigned,
          "s/", (a, b) -> a / b,
          "s%", (a, b) -> a % b));

  private final List<String> tokens = new ArrayList<>();
  private final Machine machine;
  private int position;

  private Meaning(String text, Machine machine) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    tokens.add("");
    this.machine = machine;
  }

  /** Carries out a text on a machine. */
  public static void execute(String text, Machine machine) {
    Meaning meaning = new Meaning(text, machine);
    meaning.statement();
    if (!meaning.at("")) {
      throw new IllegalArgumentException("'" + meaning.next() + "' is too much in: " + text);
    }
  }

  private void statement() {
    if (accept("if")) {
      machine.jumped = expression(0) != 0;
      expect("goto", "+", "offset");
    } else if (accept("goto")) {
      machine.jumped = true;
      expect("+", "offset");
    } else if (accept("gotol")) {
      machine.jumped = true;
      expect("+", "imm");
    } else if (accept("lock")) {
      expect("*");
      int bits = pointer();
      String operator = take();
      LongBinaryOperator update = binary(operator.substring(0, operator.length() - 1));
      store(bits, update.applyAsLong(machine.memory, expression(0)));
    } else if (accept("*")) {
      int bits = pointer();
      expect("=");
      store(bits, expression(0));
    } else {
      String target = take();
      expect("=");
      long value = ternary();
      switch (target) {
        case "dst" -> machine.dst = value;
        case "src" -> machine.src = value;
        case "r0" -> machine.r0 = value;
        default -> throw new IllegalArgumentException("cannot assign to " + target);
      }
    }
  }

  private long ternary() {
    long condition = expression(0);
    if (!accept("?")) {
      return condition;
    }
    // Only the branch that is taken may divide.
    int start = position;
    if (condition != 0) {
      long value = ternary();
      expect(":");
      skipTernary();
      return value;
    }
    position = start;
    while (!accept(":")) {
      position++;
    }
    return ternary();
  }

  private void skipTernary() {
    while (!at("") && !at(")")) {
      position++;
    }
  }

  private long expression(int level) {
    if (level == BINARY.size()) {
      return unary();
    }
    long value = expression(level + 1);
    while (BINARY.get(level).containsKey(next())) {
      LongBinaryOperator operator = BINARY.get(level).get(take());
      value = operator.applyAsLong(value, expression(level + 1));
    }
    return value;
  }

  private long unary() {
    if (accept("-")) {
      return -unary();
    }
    if (accept("*")) {
      boolean signed = tokens.get(position + 1).startsWith("s");
      int bits = pointer();
      return signed ? signed(bits, machine.memory) : unsigned(bits, machine.memory);
    }
    if (accept("(")) {
      if (next().matches("[us]\\d+")) {
        String type = take();
        expect(")");
        int bits = Integer.parseInt(type.substring(1));
        long value = unary();
        return type.startsWith("s") ? signed(bits, value) : unsigned(bits, value);
      }
      long value = ternary();
      expect(")");
      return value;
    }
    return primary(take());
  }

  private long primary(String name) {
    return switch (name) {
      case "dst" -> machine.dst;
      case "src" -> machine.src;
      case "r0" -> machine.r0;
      case "imm" -> machine.imm;
      case "next_imm" -> machine.nextImm;
      case "offset" -> machine.offset;
      case "xchg", "atomic_fetch_add", "atomic_fetch_or", "atomic_fetch_and", "atomic_fetch_xor" ->
        fetch(name.substring(name.lastIndexOf('_') + 1));
      case "cmpxchg" -> compareAndExchange();
      default -> name.matches("\\d+") ? Long.parseLong(name) : swap(name);
    };
  }

  private long fetch(String operation) {
    expect("(");
    int bits = pointer();
    expect(",");
    long operand = expression(0);
    expect(")");
    long old = unsigned(bits, machine.memory);
    store(
        bits,
        switch (operation) {
          case "xchg" -> operand;
          case "add" -> old + operand;
          case "or" -> old | operand;
          case "and" -> old & operand;
          default -> old ^ operand;
        });
    return old;
  }

  private long compareAndExchange() {
    expect("(");
    int bits = pointer();
    expect(",");
    long expected = unsigned(bits, expression(0));
    expect(",");
    long replacement = expression(0);
    expect(")");
    long old = unsigned(bits, machine.memory);
    store(bits, old == expected ? replacement : old);
    return old;
  }

  private long swap(String name) {
    expect("(");
    long value = expression(0);
    expect(")");
    int bits = Integer.parseInt(name.replaceAll("\\D", ""));
    boolean swaps = !name.startsWith(machine.bigEndian ? "be" : "le");
    long low = unsigned(bits, value);
    long swapped = 0;
    for (int at = 0; at < bits; at += 8) {
      swapped |= ((low >>> at) & 0xff) << (bits - 8 - at);
    }
    return swaps ? swapped : low;
  }

  /** {@code (u32 *)(dst + offset)}: the bits of the type. */
  private int pointer() {
    expect("(");
    int bits = Integer.parseInt(take().substring(1));
    expect("*", ")", "(");
    machine.address = expression(0);
    expect(")");
    return bits;
  }

  private void store(int bits, long value) {
    machine.memory = (machine.memory & ~unsigned(bits, -1)) | unsigned(bits, value);
  }

  private static LongBinaryOperator binary(String operator) {
    return BINARY.stream()
        .filter(level -> level.containsKey(operator))
        .map(level -> level.get(operator))
        .findFirst()
        .orElseThrow();
  }

  private static long unsigned(int bits, long value) {
    return bits == 64 ? value : Long.remainderUnsigned(value, 1L << bits);
  }

  private static long signed(int bits, long value) {
    return switch (bits) {
      case 8 -> (byte) value;
      case 16 -> (short) value;
      case 32 -> (int) value;
      default -> value;
    };
  }

  private static long truth(boolean holds) {
    return holds ? 1 : 0;
  }

  private String next() {
    return tokens.get(position);
  }

  private boolean at(String token) {
    return next().equals(token);
  }

  private String take() {
    return tokens.get(position++);
  }

  private boolean accept(String token) {
    boolean accepted = at(token);
    position += accepted ? 1 : 0;
    return accepted;
  }

  private void expect(String... expected) {
    for (String token : expected) {
      if (!accept(token)) {
        throw new IllegalArgumentException("expected " + token + ", found " + next());
      }
    }
  }
}
