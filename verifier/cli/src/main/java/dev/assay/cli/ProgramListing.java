package dev.assay.cli;

import dev.assay.isa.Code;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import dev.assay.object.MapDefinition;
import dev.assay.object.SourceLine;
import dev.assay.object.Subprogram;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.Platform;
import dev.assay.report.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Programs as assembly, with C lines above and names beside the instructions. */
final class ProgramListing {
  private static final int COMMENT_COLUMN = 40;

  private final Platform platform;
  private final PrintWriter out;

  ProgramListing(Platform platform, PrintWriter out) {
    this.platform = platform;
    this.out = out;
  }

  /** Writes one program of {@code object}. */
  void print(ObjectFile file, BpfObject object, BpfProgram program) {
    out.println(Printable.of(
        "; %s in %s of %s".formatted(program.function(), program.section(), file.name())));
    Map<Integer, Subprogram> starts = program.subprograms().stream()
        .collect(Collectors.toMap(Subprogram::firstSlot, function -> function, (a, b) -> a));
    Code code = program.code();
    @Nullable SourceLine last = null;
    for (int slot = 0; slot < code.size(); slot++) {
      Subprogram function = starts.get(slot);
      if (function != null) {
        out.println(Printable.of(function.name()) + ":");
      }
      SourceLine source = program.sourceLines().get(slot);
      if (source != null
          && (last == null || last.line() != source.line() || !last.file().equals(source.file()))) {
        last = source;
        out.println(Printable.of(
            "; %s:%d  %s".formatted(source.file(), source.line(), source.text().strip())));
      }
      if (code.startsAt(slot)) {
        String text = "%6d: %s".formatted(slot, Disassembler.text(code.at(slot), slot));
        String comment = comment(object, program, slot)
            .map(name -> "  ; " + Printable.of(name))
            .orElse("");
        out.println(
            comment.isEmpty() ? text : ("%-" + COMMENT_COLUMN + "s%s").formatted(text, comment));
      }
    }
    out.println();
  }

  /** What a number in the instruction stands for. */
  private Optional<String> comment(BpfObject object, BpfProgram program, int slot) {
    ExternalSymbol external = program.externals().get(slot);
    if (external != null) {
      return Optional.of(external.name());
    }
    if (program.poisoned().containsKey(slot)) {
      return Optional.of(program.poisoned().get(slot));
    }
    return switch (program.code().at(slot)) {
      case Instruction.CallHelper call ->
        platform.helper(call.helper()).map(FunctionContract::name);
      case Instruction.CallLocal call ->
        program.subprograms().stream()
            .filter(function -> function.firstSlot() == slot + 1 + call.offset())
            .map(Subprogram::name)
            .findFirst();
      case Instruction.LoadImmediate load -> comment(object.maps(), load.immediate());
      case Instruction _ -> Optional.empty();
    };
  }

  private static Optional<String> comment(List<MapDefinition> maps, WideImmediate immediate) {
    return switch (immediate) {
      case WideImmediate.MapByIndex map -> name(maps, map.index());
      case WideImmediate.MapValueByIndex value -> name(maps, value.index());
      case WideImmediate _ -> Optional.empty();
    };
  }

  private static Optional<String> name(List<MapDefinition> maps, int index) {
    return index >= 0 && index < maps.size()
        ? Optional.of(maps.get(index).name())
        : Optional.empty();
  }
}
