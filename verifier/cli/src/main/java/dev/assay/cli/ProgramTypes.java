package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.cli.config.ConfigurationFinder;
import dev.assay.cli.config.Suggestion;
import dev.assay.platform.Platform;
import dev.assay.platform.ProgramKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what a program is loaded as: what {@code --type} says; else what the section's name tells a loader; else the first
 * matching entry of the object's configuration; else what the beginning of the section's name tells. An object that speaks for
 * itself needs no entry, and is not overruled by a broad one.
 */
final class ProgramTypes {
  private final Platform platform;
  private final Optional<ProgramKind> forced;
  private final Map<Path, Optional<Configuration>> configurations;

  private ProgramTypes(
      Platform platform,
      Optional<ProgramKind> forced,
      Map<Path, Optional<Configuration>> configurations) {
    this.platform = platform;
    this.forced = forced;
    this.configurations = Map.copyOf(configurations);
  }

  /**
   * Finds the configurations of these objects, and makes sure that every program type in them is one.
   *
   * @param type what {@code --type} says
   * @throws UsageException if {@code type} is no program type
   * @throws ConfigurationException if a configuration cannot be used
   */
  static ProgramTypes of(
      Platform platform,
      Optional<String> type,
      ConfigurationFinder finder,
      List<ObjectFile> objects)
      throws UsageException, ConfigurationException {
    Optional<ProgramKind> forced = Optional.empty();
    if (type.isPresent()) {
      forced = platform.programKind(type.get());
      if (forced.isEmpty()) {
        throw new UsageException("--type: " + unknown(platform, type.get()));
      }
    }
    Map<Path, Optional<Configuration>> configurations = new HashMap<>();
    Set<Path> checked = new HashSet<>();
    for (ObjectFile object : objects) {
      Optional<Configuration> configuration = finder.find(object.path());
      configurations.put(object.path(), configuration);
      if (configuration.isPresent() && checked.add(configuration.get().file())) {
        check(platform, configuration.get());
      }
    }
    return new ProgramTypes(platform, forced, configurations);
  }

  /** The kind of the program in {@code section} of {@code object}; empty if nothing tells it. */
  Optional<ProgramKind> kind(ObjectFile object, String section) {
    if (forced.isPresent()) {
      return forced;
    }
    return platform
        .programKindOfSection(section)
        .or(() -> configurations
            .getOrDefault(object.path(), Optional.empty())
            .flatMap(configuration -> configuration.entryFor(object.path(), section))
            .flatMap(entry -> platform.programKind(entry.type())))
        .or(() -> kindOfPrefix(section));
  }

  /**
   * The kind of the longest leading part of the section's name, up to a slash, that the platform knows: libbpf before 1.0, and Go's
   * loader, take {@code tc/tail} for {@code tc}.
   */
  private Optional<ProgramKind> kindOfPrefix(String section) {
    for (int slash = section.lastIndexOf('/');
        slash > 0;
        slash = section.lastIndexOf('/', slash - 1)) {
      Optional<ProgramKind> kind = platform.programKindOfSection(section.substring(0, slash));
      if (kind.isPresent()) {
        return kind;
      }
    }
    return Optional.empty();
  }

  /** What to say of a section whose name tells nothing. */
  static String unknown(String section) {
    return "the name of section \"%s\" tells no program type; say it with --type, with a [[program]] entry in assay.toml, or"
            .formatted(section)
        + " name the section as libbpf does (for example \"xdp\" or \"tc\")";
  }

  private static void check(Platform platform, Configuration configuration)
      throws ConfigurationException {
    for (Configuration.ProgramEntry entry : configuration.programs()) {
      if (platform.programKind(entry.type()).isEmpty()) {
        throw new ConfigurationException(entry.place() + ": " + unknown(platform, entry.type()));
      }
    }
  }

  private static String unknown(Platform platform, String type) {
    List<String> names = platform.programKinds().stream().map(ProgramKind::name).toList();
    return "\"%s\" is not a program type of %s%s"
        .formatted(type, platform.name(), Suggestion.question(type, names));
  }
}
