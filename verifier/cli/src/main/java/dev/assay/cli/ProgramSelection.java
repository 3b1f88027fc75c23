package dev.assay.cli;

import java.util.Optional;

/**
 * Which programs of the objects are meant.
 *
 * @param section only those in this section
 * @param function only the one with this entry function
 */
record ProgramSelection(Optional<String> section, Optional<String> function) {
  /** Whether a program is meant. */
  boolean contains(String programSection, String programFunction) {
    return section.map(programSection::equals).orElse(true)
        && function.map(programFunction::equals).orElse(true);
  }

  /** Whether every program is meant. */
  boolean isEverything() {
    return section.isEmpty() && function.isEmpty();
  }

  @Override
  public String toString() {
    return section.map(name -> " in section \"" + name + "\"").orElse("")
        + function.map(name -> " with function \"" + name + "\"").orElse("");
  }
}
