package dev.assay.referee;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.numeric.RelationalDomain;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.List;

/** A program to be refereed, with its maps, what it is loaded as, and the numeric domain that it is proved with. */
public record Subject(
    Code code, List<MapDefinition> maps, ProgramKind kind, RelationalDomain domain) {
  private static final Platform LINUX = LinuxPlatform.load();
  private static final Instruction TAIL_CALL =
      new Instruction.CallHelper(LINUX.helper("tail_call").orElseThrow().id());

  public Subject {
    maps = List.copyOf(maps);
  }

  /** A program to be proved with zones. */
  public Subject(Code code, List<MapDefinition> maps, ProgramKind kind) {
    this(code, maps, kind, RelationalDomain.ZONE);
  }

  /** The same with other code. */
  public Subject withCode(Code other) {
    return new Subject(other, maps, kind, domain);
  }

  /** The same, proved with another domain. */
  public Subject withDomain(RelationalDomain other) {
    return new Subject(code, maps, kind, other);
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
