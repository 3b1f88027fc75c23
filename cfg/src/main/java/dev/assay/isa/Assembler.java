package dev.assay.isa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Text to instructions: what {@link Disassembler} prints, one instruction a line, with labels and comments.
 *
 * {@snippet lang="text" :
 *       r0 = 10
 * loop: r0 -= 1                  ; a comment begins with ; or # or //
 *       if r0 s> 0 goto loop     // or goto -2: slots from the next instruction
 *       exit
 * }
 *
 * <p>A label is a name or a number before a colon. Immediates are decimal or hexadecimal. An immediate of a 64-bit
 * instruction is what its sign-extension must be: {@code r0 = 0xffffffff} is an error, {@code w0 = 0xffffffff} is not.
 */
public final class Assembler {
  private Assembler() {}

  /**
   * Assembles code whose helpers are called by number.
   *
   * @throws AssemblyException for the first thing that is wrong
   */
  public static Code assemble(String text) {
    return assemble(text, name -> OptionalInt.empty());
  }

  /**
   * Assembles code.
   *
   * @param helpers the number of the helper with a name, asked where {@code call name} names no label
   * @throws AssemblyException for the first thing that is wrong
   */
  public static Code assemble(String text, Function<String, OptionalInt> helpers) {
    List<AssemblyLine> lines = new ArrayList<>();
    Map<String, Integer> labels = new HashMap<>();
    int slot = 0;
    for (String line : text.lines().toList()) {
      AssemblyLine tokens = new AssemblyLine(lines.size() + 1, line);
      lines.add(tokens);
      for (Optional<String> label = tokens.takeLabel();
          label.isPresent();
          label = tokens.takeLabel()) {
        if (labels.put(label.get(), slot) != null) {
          throw tokens.errorBefore("the label '" + label.get() + "' is defined twice");
        }
      }
      if (!tokens.atEnd()) {
        slot += tokens.atWideImmediate() ? 2 : 1;
      }
    }
    List<Instruction> instructions = new ArrayList<>();
    slot = 0;
    for (AssemblyLine line : lines) {
      if (!line.atEnd()) {
        Instruction instruction = new InstructionParser(line, slot, labels, helpers).parse();
        instructions.add(instruction);
        slot += instruction.slots();
      }
    }
    return Code.of(instructions);
  }
}
