package dev.assay.referee;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.List;

/** A program to be refereed, with its maps and what it is loaded as. */
public record Subject(Code code, List<MapDefinition> maps, ProgramKind kind) {
  private static final Platform LINUX = LinuxPlatform.load();
  private static final Instruction TAIL_CALL =
      new Instruction.CallHelper(LINUX.helper("tail_call").orElseThrow().id());

  public Subject {
    maps = List.copyOf(maps);
  }

  /** The same with other code. */
  public Subject withCode(Code other) {
    return new Subject(other, maps, kind);
  }

  /** How often the program may start in one run: once, and again for each tail call, for generated programs call themselves. */
  int starts() {
    boolean again =
        code.instructions().stream().anyMatch(instruction -> instruction.equals(TAIL_CALL));
    return again ? 1 + LINUX.limits().tailCalls() : 1;
  }

  /** Whether the instruction at {@code slot} is a tail call. */
  boolean isTailCall(int slot) {
    return code.at(slot).equals(TAIL_CALL);
  }

  /** The code as the one program of {@link #object}. */
  public BpfProgram program() {
    return BpfProgram.of("generated", "main", code);
  }

  /** An object with the program and its maps. */
  public BpfObject object() {
    return BpfObject.of(program(), maps);
  }
}
