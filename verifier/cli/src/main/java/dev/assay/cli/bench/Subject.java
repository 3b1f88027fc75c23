package dev.assay.cli.bench;

import java.util.OptionalInt;

/**
 * A program that is measured.
 *
 * @param object the path of its object, or the name of the family that it is generated from
 * @param section the section of its entry function
 * @param function the name of its entry function
 * @param iterations for a program of a family, how many rounds its loops make at most
 */
public record Subject(String object, String section, String function, OptionalInt iterations) {
  /** A program of an object. */
  public static Subject of(String object, String section, String function) {
    return new Subject(object, section, function, OptionalInt.empty());
  }

  /** Whether it is generated, to see what becomes of a program that grows. */
  public boolean isGenerated() {
    return iterations.isPresent();
  }
}
