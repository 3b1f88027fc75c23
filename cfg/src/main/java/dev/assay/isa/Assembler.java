package dev.assay.isa;

import java.util.OptionalInt;
import java.util.function.Function;

/** Text to instructions: the language that {@link Disassembler} prints, with labels and comments. */
public final class Assembler {
  private Assembler() {}

  /**
   * Assembles one instruction a line, helpers by number.
   *
   * @throws AssemblyException for the first thing that is wrong
   */
  public static Code assemble(String text) {
    return assemble(text, name -> OptionalInt.empty());
  }

  /**
   * Assembles one instruction a line.
   *
   * @param helpers the number of the helper with a name, where {@code call name} names no label
   * @throws AssemblyException for the first thing that is wrong
   */
  public static Code assemble(String text, Function<String, OptionalInt> helpers) {
    throw new UnsupportedOperationException();
  }
}
