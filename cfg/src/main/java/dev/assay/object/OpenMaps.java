package dev.assay.object;

import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.WideImmediate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The maps that a loader has opened, by file descriptor. Object files have no descriptors; code that names maps by them (RFC 9669,
 * section 5.4, {@code map_by_fd}) was made for one process, which alone can say what they stand for.
 *
 * @param names for each descriptor the name of the object's map behind it
 */
public record OpenMaps(Map<Integer, String> names) {
  /** No descriptors. */
  public static final OpenMaps NONE = new OpenMaps(Map.of());

  public OpenMaps {
    names = Map.copyOf(names);
  }

  /**
   * The object with each descriptor that is known replaced by the map's index, as a kernel does when it loads a program. Instructions with other
   * descriptors stay as they are.
   *
   * @throws MalformedObjectException if the object lacks one of the maps
   */
  public BpfObject in(BpfObject object) throws MalformedObjectException {
    if (names.isEmpty()) {
      return object;
    }
    List<String> known = object.maps().stream().map(MapDefinition::name).toList();
    for (Map.Entry<Integer, String> open : names.entrySet()) {
      if (!known.contains(open.getValue())) {
        throw new MalformedObjectException(
            "has no map \"%s\", which file descriptor %d is said to be"
                .formatted(open.getValue(), open.getKey()));
      }
    }
    List<BpfProgram> programs = new ArrayList<>();
    for (BpfProgram program : object.programs()) {
      programs.add(program.withCode(code(program.code(), known)));
    }
    return object.withPrograms(programs);
  }

  private Code code(Code code, List<String> maps) {
    List<Instruction> instructions = new ArrayList<>();
    for (Instruction instruction : code.instructions()) {
      instructions.add(
          instruction instanceof Instruction.LoadImmediate load
              ? new Instruction.LoadImmediate(load.destination(), index(load.immediate(), maps))
              : instruction);
    }
    return Code.of(instructions);
  }

  private WideImmediate index(WideImmediate immediate, List<String> maps) {
    return switch (immediate) {
      case WideImmediate.MapByFd(int fd)
      when names.containsKey(fd) -> new WideImmediate.MapByIndex(maps.indexOf(names.get(fd)));
      case WideImmediate.MapValueByFd(int fd, int offset)
      when names.containsKey(fd) ->
        new WideImmediate.MapValueByIndex(maps.indexOf(names.get(fd)), offset);
      case WideImmediate other -> other;
    };
  }
}
