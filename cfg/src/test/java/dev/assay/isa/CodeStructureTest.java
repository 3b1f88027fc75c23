package dev.assay.isa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteOrder;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeStructureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "r0 = 0\n exit",
        "goto +0\n goto -1",
        "r0 = 0\n exit\n call 7", // the end is never reached
        "call f\n exit\n f: r0 = 0\n exit",
        "r1 = code_addr(f) ll\n exit\n f: exit",
        "may_goto +1\n goto -2\n exit",
      })
  void acceptsCodeThatEndsWellOnEveryPath(String text) throws MalformedCodeException {
    CodeStructure.check(Assembler.assemble(text), ByteOrder.LITTLE_ENDIAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "goto +0\n r0 = 0",
        "if r1 == 0 goto +1\n exit\n call 7",
        "call f\n exit\n f: r0 = 0",
        "may_goto +0\n r0 = 0",
        "r1 = 0x0 ll",
      })
  void refusesAPathPastTheEnd(String text) {
    MalformedCodeException error = assertThrows(
        MalformedCodeException.class,
        () -> CodeStructure.check(Assembler.assemble(text), ByteOrder.LITTLE_ENDIAN));
    assertEquals("control runs past the end of the code; end it in exit or goto", error.reason());
  }

  @Test
  void refusesNoCode() {
    assertThrows(
        MalformedCodeException.class,
        () -> CodeStructure.check(Assembler.assemble(""), ByteOrder.LITTLE_ENDIAN));
  }

  @Test
  void targetsCountFromTheSlotAfterTheFirst() {
    Code code = Assembler.assemble("here: r1 = code_addr(here) ll\n call here\n goto here\n exit");
    assertEquals(OptionalInt.of(0), CodeStructure.target(code.at(0), 0));
    assertEquals(
        new WideImmediate.CodeAddress(-1), ((Instruction.LoadImmediate) code.at(0)).immediate());
    assertEquals(OptionalInt.of(0), CodeStructure.target(code.at(2), 2));
    assertEquals(OptionalInt.of(0), CodeStructure.target(code.at(3), 3));
    assertEquals(OptionalInt.empty(), CodeStructure.target(code.at(4), 4));
  }
}
