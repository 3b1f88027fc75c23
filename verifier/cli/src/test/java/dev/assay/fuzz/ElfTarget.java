package dev.assay.fuzz;

import dev.assay.isa.Disassembler;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import java.util.Optional;

/** The object reader: a file is an object, of which everything can be asked, or it is refused with a reason. */
public final class ElfTarget {
  private ElfTarget() {}

  /** What a fuzzer calls first. */
  public static void fuzzerInitialize() {
    Target.ELF.warmUp();
  }

  /** Reads a file and everything that it holds, and again as if a kernel had just the types that it has. */
  public static void fuzzerTestOneInput(byte[] file) {
    read(file, ReadOptions.DEFAULT)
        .flatMap(BpfObject::btf)
        .ifPresent(types -> read(file, ReadOptions.DEFAULT.against(types)));
  }

  private static Optional<BpfObject> read(byte[] file, ReadOptions options) {
    BpfObject object;
    try {
      object = ObjectReader.read(file, options);
    } catch (MalformedObjectException e) {
      Expect.reason(e.getMessage());
      return Optional.empty();
    }
    object.failures().forEach(failure -> Expect.reason(failure.message()));
    object.programs().forEach(ElfTarget::ask);
    return Optional.of(object);
  }

  private static void ask(BpfProgram program) {
    Disassembler.listing(program.code());
    for (int slot = 0; slot < program.code().size(); slot++) {
      program.sourceAt(slot);
    }
    program.poisoned().values().forEach(Expect::reason);
    program
        .externals()
        .keySet()
        .forEach(slot ->
            Expect.that(program.code().startsAt(slot), "an external symbol is at no instruction"));
  }
}
