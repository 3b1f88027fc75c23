package dev.assay.object;

import java.nio.ByteOrder;
import java.util.List;

/**
 * One ELF file, read and linked.
 *
 * @param byteOrder of code and data
 * @param programs in the order of their sections and offsets
 * @param failures programs that could not be linked or decoded, each with its reason
 * @param maps the object's maps; indices in instructions count into this list
 * @param license the license string, empty if the object has none
 */
public record BpfObject(
    ByteOrder byteOrder,
    List<BpfProgram> programs,
    List<ProgramFailure> failures,
    List<MapDefinition> maps,
    String license) {
  public BpfObject {
    programs = List.copyOf(programs);
    failures = List.copyOf(failures);
    maps = List.copyOf(maps);
  }

  /** A program that is in the object, but malformed: why, with the place. */
  public record ProgramFailure(String section, String function, String message) {}
}
