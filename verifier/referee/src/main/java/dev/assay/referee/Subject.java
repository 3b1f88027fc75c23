package dev.assay.referee;

import dev.assay.isa.Code;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.ProgramKind;
import java.util.List;

/** A program to be refereed, with its maps and what it is loaded as. */
public record Subject(Code code, List<MapDefinition> maps, ProgramKind kind) {
  public Subject {
    maps = List.copyOf(maps);
  }

  /** The same with other code. */
  public Subject withCode(Code other) {
    return new Subject(other, maps, kind);
  }

  BpfProgram program() {
    return BpfProgram.of("generated", "main", code);
  }

  BpfObject object() {
    return BpfObject.of(program(), maps);
  }
}
