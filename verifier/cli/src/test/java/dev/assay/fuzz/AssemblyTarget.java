package dev.assay.fuzz;

import dev.assay.isa.Assembler;
import dev.assay.isa.AssemblyException;
import dev.assay.isa.Code;
import dev.assay.isa.Decoder;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Encoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.MalformedCodeException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * The assembler: text is refused with its line and column, or is code whose instructions have an encoding and a text
 * that mean the same again.
 */
public final class AssemblyTarget {
  private AssemblyTarget() {}

  /** What a fuzzer calls first. */
  public static void fuzzerInitialize() {
    Target.ASSEMBLY.warmUp();
  }

  /** Assembles a text in UTF-8. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    Code code;
    try {
      code = Assembler.assemble(
          new String(bytes, StandardCharsets.UTF_8),
          name -> name.startsWith("map_") ? OptionalInt.of(name.length()) : OptionalInt.empty());
    } catch (AssemblyException e) {
      Expect.reason(String.valueOf(e.getMessage()));
      Expect.that(e.line() >= 1 && e.column() >= 1, "the place is " + e.line() + ":" + e.column());
      return;
    }
    byte[] encoded = Encoder.encode(code, ByteOrder.LITTLE_ENDIAN);
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        same(code.at(slot), encoded, slot);
      }
    }
  }

  private static void same(Instruction instruction, byte[] encoded, int slot) {
    try {
      Expect.that(
          instruction.equals(Decoder.decodeAt(encoded, slot, ByteOrder.LITTLE_ENDIAN)),
          "the encoding means another instruction than " + instruction);
    } catch (MalformedCodeException e) {
      throw new AssertionError("the encoding of " + instruction + " is none", e);
    }
    String text = Disassembler.text(instruction);
    Expect.that(
        Assembler.assemble(text).at(0).equals(instruction),
        "the text means another instruction: " + text);
  }
}
