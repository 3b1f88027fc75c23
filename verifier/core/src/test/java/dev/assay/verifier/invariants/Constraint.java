package dev.assay.verifier.invariants;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of what holds at a point, as PREVAIL writes it.
 *
 * {@snippet lang="text" :
 *   r1.type=number            r1.type in {ctx, packet}     r2.type=r1.type
 *   r1.svalue=[-3, 5]         s[504...511].uvalue=7        packet_size=[0, +oo]
 *   r1.svalue=r2.uvalue+8     r1.svalue-r2.svalue<=-5
 * }
 */
sealed interface Constraint {
  /** The kind of a location is one of these. */
  record Types(Location location, Set<String> types) implements Constraint {}

  /** Two locations have the same kind. */
  record SameType(Location left, Location right) implements Constraint {}

  /** A quantity lies between two bounds, both inclusive; no bound is infinite. */
  record Within(Variable variable, Optional<BigInteger> low, Optional<BigInteger> high)
      implements Constraint {}

  /** {@code left = right + plus}. */
  record Equal(Variable left, Variable right, BigInteger plus) implements Constraint {}

  /** {@code left − right ≤ bound}. */
  record Difference(Variable left, Variable right, BigInteger bound) implements Constraint {}

  /** Where a word is kept. */
  sealed interface Location {
    /** A register, by number. */
    record InRegister(int register) implements Location {}

    /** Stack bytes {@code first} to {@code last}, both inclusive, counted from the lowest address of the whole stack. */
    record OnStack(int first, int last) implements Location {
      int length() {
        return last - first + 1;
      }
    }

    /** Something of the whole state: the packet, or a loop. */
    record Global() implements Location {}
  }

  /** A quantity: for a location its {@code svalue}, {@code stack_offset} and so on, else {@code packet_size}, {@code meta_offset} or {@code pc[n]}. */
  record Variable(Location location, String name) {}

  Pattern LOCATION = Pattern.compile("r(\\d+)|s\\[(\\d+)(?:\\.\\.\\.(\\d+))?]");
  Pattern VARIABLE = Pattern.compile("(?:(r\\d+|s\\[[\\d.]+])\\.)?([a-z_]+(?:\\[[\\d/]+])?)");
  Pattern INTERVAL = Pattern.compile("\\[(-?\\w+),(\\+?\\w+|-\\w+)]");
  Pattern SUM = Pattern.compile("(.+?)(?:([+-])(\\d+))?");

  /** Reads a line. */
  static Constraint parse(String text) {
    String line = text.replaceAll("\\s", "");
    int order = line.indexOf("<=");
    if (order >= 0) {
      int minus = line.indexOf('-');
      return new Difference(
          variable(line.substring(0, minus)),
          variable(line.substring(minus + 1, order)),
          new BigInteger(line.substring(order + 2)));
    }
    int in = line.indexOf(".typein{");
    if (in >= 0) {
      String[] names = line.substring(in + 8, line.length() - 1).split(",");
      return new Types(location(line.substring(0, in)), new TreeSet<>(Set.of(names)));
    }
    int equals = line.indexOf('=');
    String left = line.substring(0, equals);
    String right = line.substring(equals + 1);
    if (left.endsWith(".type")) {
      Location location = location(left.substring(0, left.length() - 5));
      return right.endsWith(".type")
          ? new SameType(location, location(right.substring(0, right.length() - 5)))
          : new Types(location, Set.of(right));
    }
    Matcher interval = INTERVAL.matcher(right);
    if (interval.matches()) {
      return new Within(variable(left), bound(interval.group(1)), bound(interval.group(2)));
    }
    if (right.matches("-?\\d+")) {
      return new Within(variable(left), bound(right), bound(right));
    }
    Matcher sum = SUM.matcher(right);
    if (!sum.matches()) {
      throw new IllegalArgumentException("not understood: " + text);
    }
    BigInteger plus =
        sum.group(2) == null ? BigInteger.ZERO : new BigInteger(sum.group(2) + sum.group(3));
    return new Equal(variable(left), variable(sum.group(1)), plus);
  }

  private static Optional<BigInteger> bound(String text) {
    return text.endsWith("oo") ? Optional.empty() : Optional.of(new BigInteger(text));
  }

  private static Variable variable(String text) {
    Matcher matcher = VARIABLE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no variable: " + text);
    }
    return new Variable(
        matcher.group(1) == null ? new Location.Global() : location(matcher.group(1)),
        matcher.group(2));
  }

  private static Location location(String text) {
    Matcher matcher = LOCATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("no location: " + text);
    }
    if (matcher.group(1) != null) {
      return new Location.InRegister(Integer.parseInt(matcher.group(1)));
    }
    int first = Integer.parseInt(matcher.group(2));
    return new Location.OnStack(
        first, matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3)));
  }
}
