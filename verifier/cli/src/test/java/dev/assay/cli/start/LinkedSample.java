package dev.assay.cli.start;

import java.util.ArrayList;
import java.util.List;

/** Switches and records of all kinds, and what they give for many values: linked early, they have to give the same. */
final class LinkedSample {
  private LinkedSample() {}

  sealed interface Shape permits Point, Box, Text, Unit {}

  record Point(int x, long y) implements Shape {}

  record Box(Shape of, Object label) implements Shape {}

  record Text(String text) implements Shape {}

  record Unit() implements Shape {}

  record Numbers(
      boolean truth,
      byte small,
      char letter,
      short middle,
      int whole,
      long large,
      float broken,
      double fine) {}

  record Generic<T extends Comparable<T>>(T value, List<T> values) {}

  enum Colour {
    RED,
    GREEN
  }

  /** What all of it gives, made of the JDK's classes alone. */
  public static List<Object> results() {
    List<Object> results = new ArrayList<>();
    List<Object> values = values();
    for (Object value : values) {
      results.add(kind(value));
      results.add(guarded(value));
      results.add(constants(value));
      results.add(isNull(value));
      results.add(value instanceof Shape shape ? area(shape) : -1L);
      // That of an enum constant differs from run to run.
      results.add(value == null || value instanceof Colour ? 0 : value.hashCode());
      for (Object other : values) {
        results.add(value != null && value.equals(other));
      }
    }
    results.add(String.valueOf(new Point(1, 2)));
    return results;
  }

  private static List<Object> values() {
    List<Object> values = new ArrayList<>();
    values.add(null);
    values.addAll(List.of(1, 2L, "text", Colour.RED, Colour.GREEN, 'c', new Unit(), new Unit()));
    for (int x : new int[] {0, 1, -1, Integer.MIN_VALUE}) {
      for (long y : new long[] {0, 1, 1L << 32, Long.MIN_VALUE}) {
        values.add(new Point(x, y));
        values.add(new Point(x, y));
      }
    }
    values.add(new Text("a"));
    values.add(new Text(String.valueOf(new char[] {'a'})));
    values.add(new Text(null));
    values.add(new Box(new Point(1, 2), null));
    values.add(new Box(new Point(1, 2), null));
    values.add(new Box(null, "label"));
    values.add(new Box(new Box(new Text("a"), 1), 1));
    values.add(new Generic<>("a", List.of()));
    values.add(new Generic<>("a", new ArrayList<>()));
    values.add(new Generic<>("a", List.of("b")));
    for (double broken : new double[] {0.0, -0.0, Double.NaN, 1.5, Double.NEGATIVE_INFINITY}) {
      for (int whole : new int[] {0, 1}) {
        values.add(new Numbers(
            whole == 1, (byte) 1, 'a', (short) 2, whole, 1L << 40, (float) broken, broken));
        values.add(
            new Numbers(true, (byte) whole, 'b', (short) whole, 5, whole, (float) broken, 0));
        values.add(new Numbers(true, (byte) 0, (char) whole, (short) 0, 5, 0, 0, broken));
      }
    }
    return values;
  }

  private static String kind(Object value) {
    return switch (value) {
      case null -> "null";
      case Integer number -> "integer " + number;
      case String text -> "string " + text;
      case Point(int x, long y) -> "point " + (x + y);
      case Box box -> "box " + kind(box.of());
      case Record record -> "record";
      default -> "other";
    };
  }

  private static String guarded(Object value) {
    return switch (value) {
      case Point point when point.x() < 0 -> "left";
      case Point point when point.y() < 0 -> "below";
      case Shape shape when shape.hashCode() == 31 -> "thirty-one";
      case Box(Point(int x, long y), Object label) when x < y -> "box of point";
      case Box(Text text, Object label) -> "box of text";
      case Point point -> "point";
      case Integer number when number > 1 -> "large";
      case Comparable<?> comparable -> "comparable";
      case null, default -> "other";
    };
  }

  /** Constants are labels, too. */
  private static String constants(Object value) {
    return switch (value) {
      case Colour.RED -> "red";
      case String text when text.length() > 10 -> "long";
      case Colour colour -> "colour";
      case null, default -> "other";
    };
  }

  /** No class is a label. */
  private static boolean isNull(Object value) {
    return switch (value) {
      case null -> true;
      default -> false;
    };
  }

  private static long area(Shape shape) {
    return switch (shape) {
      case Point point -> 0;
      case Box box -> box.of() == null ? 1 : 1 + area(box.of());
      case Text text -> text.text() == null ? 2 : text.text().length();
      case Unit unit -> 1;
    };
  }
}
