package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.util.List;
import java.util.OptionalInt;

/** Small programs in assembly, and how they end. Helpers are called by name; maps are {@code map_by_idx(…)}. */
public final class Programs {
  public static final Platform LINUX = LinuxPlatform.load();

  private Programs() {}

  /** A program named {@code test}. */
  public static BpfProgram program(String assembly) {
    return program("test", assembly);
  }

  public static BpfProgram program(String name, String assembly) {
    Code code = Assembler.assemble(
        assembly,
        helper -> LINUX
            .helper(helper)
            .map(found -> OptionalInt.of(found.id()))
            .orElse(OptionalInt.empty()));
    return BpfProgram.of(".text", name, code);
  }

  public static Machine.Builder machine(String assembly, MapDefinition... maps) {
    BpfProgram program = program(assembly);
    return Machine.builder(LINUX, BpfObject.of(program, List.of(maps)), program)
        .instructionLimit(1_000_000);
  }

  public static ProgramKind kind(String name) {
    return LINUX.programKind(name).orElseThrow();
  }

  /** r0 of a run that must return. */
  public static long value(Machine machine) {
    Outcome outcome = machine.run();
    return assertInstanceOf(Outcome.Returned.class, outcome, outcome::toString).value();
  }

  public static long value(String assembly, MapDefinition... maps) {
    return value(machine(assembly, maps).build());
  }

  /** The fault of a run that must not return. */
  public static Fault fault(Machine machine) {
    Outcome outcome = machine.run();
    return assertInstanceOf(Outcome.Faulted.class, outcome, outcome::toString).fault();
  }

  public static Fault fault(String assembly, MapDefinition... maps) {
    return fault(machine(assembly, maps).build());
  }
}
