package dev.assay.cli;

import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.MapType;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import dev.assay.report.Palette;
import dev.assay.report.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code assay list}. */
@Command(
    name = "list",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Lists the programs and maps of objects.")
final class ListCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "BPF object files.")
  private List<String> files = List.of();

  @SuppressWarnings("unused") // Picocli reads it.
  @Mixin
  private HelpOption help = new HelpOption();

  @Mixin
  private InputOptions input = new InputOptions();

  ListCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    List<ObjectFile> objects = input.objects(files);
    Platform platform = LinuxPlatform.load();
    ProgramTypes types =
        input.types(platform, objects, () -> VerifyCommand.configurableOptions(streams));
    return list(objects, input.selection(), platform, types, streams);
  }

  /** Writes a table of programs and one of maps for each object. */
  static int list(
      List<ObjectFile> objects,
      ProgramSelection selection,
      Platform platform,
      ProgramTypes types,
      Streams streams) {
    Palette palette = streams.terminal().palette(Terminal.ColourChoice.AUTO);
    int status = ExitStatus.DONE;
    for (ObjectFile file : objects) {
      try {
        BpfObject object = file.read();
        streams.out().println(palette.strong(Printable.of(file.name())));
        programs(file, object, selection, types).print(streams.out());
        if (selection.isEverything() && !object.maps().isEmpty()) {
          maps(object, platform).print(streams.out());
        }
        if (!object.failures().isEmpty()) {
          status = ExitStatus.BAD_INPUT;
        }
      } catch (UnreadableObjectException e) {
        streams.err().println("assay: " + Printable.of(file.name() + ": " + e.reason()));
        status = ExitStatus.BAD_INPUT;
      }
    }
    return status;
  }

  private static Table programs(
      ObjectFile file, BpfObject object, ProgramSelection selection, ProgramTypes types) {
    List<List<String>> rows = new ArrayList<>();
    for (BpfProgram program : object.programs()) {
      if (selection.contains(program.section(), program.function())) {
        rows.add(List.of(
            program.section(),
            program.function(),
            types.kind(file, program.section()).map(ProgramKind::name).orElse("unknown"),
            program.code().instructions().size() + " instructions"));
      }
    }
    for (BpfObject.ProgramFailure failure : object.failures()) {
      if (selection.contains(failure.section(), failure.function())) {
        rows.add(List.of(failure.section(), failure.function(), "malformed", failure.message()));
      }
    }
    return new Table(List.of("SECTION", "FUNCTION", "TYPE", "CODE"), rows);
  }

  private static Table maps(BpfObject object, Platform platform) {
    List<List<String>> rows = new ArrayList<>();
    for (MapDefinition map : object.maps()) {
      rows.add(List.of(
          map.name(),
          platform.mapType(map.type()).map(MapType::name).orElse("type " + map.type()),
          map.keySize() + " bytes",
          map.valueSize() + " bytes",
          Integer.toUnsignedString(map.maxEntries())));
    }
    return new Table(List.of("MAP", "TYPE", "KEY", "VALUE", "ENTRIES"), rows);
  }
}
