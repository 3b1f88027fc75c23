package dev.assay.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an {@code assay.toml} says.
 *
 * @param file where it stands
 * @param programs its {@code [[program]]} entries in order
 * @param defaults its {@code [verify]} table: for an option's long name, without the dashes, a value
 */
public record Configuration(Path file, List<ProgramEntry> programs, Map<String, Default> defaults) {
  /** The name under which the file is looked for. */
  public static final String FILE_NAME = "assay.toml";

  public Configuration {
    programs = List.copyOf(programs);
    defaults = Map.copyOf(defaults);
  }

  /**
   * Which program type a section of certain objects stands for.
   *
   * @param object matched against the object's path from the configuration's folder, with {@code /} between names
   * @param section matched against the section's name
   * @param type a program type's name, as the user wrote it
   * @param place {@code file:line:column}, for messages
   */
  public record ProgramEntry(Glob object, Glob section, String type, String place) {}

  /**
   * A default for an option.
   *
   * @param text the value as it would stand on the command line; an array's elements with commas between them
   * @param place {@code file:line:column}, for messages
   */
  public record Default(String text, String place) {}

  /** The first entry that matches a section of the object at {@code object}. */
  public Optional<ProgramEntry> entryFor(Path object, String section) {
    String name = relative(object);
    return programs.stream()
        .filter(entry -> entry.object().matches(name) && entry.section().matches(section))
        .findFirst();
  }

  private String relative(Path object) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path absolute = object.toAbsolutePath().normalize();
    Path shown =
        folder != null && absolute.startsWith(folder) ? folder.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }
}
