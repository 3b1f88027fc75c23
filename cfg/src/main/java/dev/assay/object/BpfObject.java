package dev.assay.object;

import dev.assay.btf.BtfTypes;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * One ELF file, read and linked.
 *
 * @param byteOrder of code and data
 * @param programs in the order of their sections and offsets
 * @param failures programs that could not be linked or decoded, each with its reason
 * @param maps the object's maps; indices in instructions count into this list
 * @param license the license string, empty if the object has none
 * @param btf the object's own types, if it has any
 */
public record BpfObject(
    ByteOrder byteOrder,
    List<BpfProgram> programs,
    List<ProgramFailure> failures,
    List<MapDefinition> maps,
    String license,
    Optional<BtfTypes> btf) {
  public BpfObject {
    programs = List.copyOf(programs);
    failures = List.copyOf(failures);
    maps = List.copyOf(maps);
  }

  /** A little-endian object without types that holds this program and these maps. */
  public static BpfObject of(BpfProgram program, List<MapDefinition> maps) {
    return new BpfObject(
        ByteOrder.LITTLE_ENDIAN, List.of(program), List.of(), maps, "GPL", Optional.empty());
  }

  /** The same object with other programs. */
  BpfObject withPrograms(List<BpfProgram> others) {
    return new BpfObject(byteOrder, others, failures, maps, license, btf);
  }

  /** A program that is in the object, but malformed: why, with the place. */
  public record ProgramFailure(String section, String function, String message) {}
}
