package dev.assay.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Finds the configuration of an object: the one that the user named, else the nearest {@code assay.toml} beside the object
 * or above it. Reads each file once.
 */
public final class ConfigurationFinder {
  private final Optional<Path> named;
  private final Supplier<Set<String>> options;
  private final Map<Path, Configuration> read = new HashMap<>();

  /**
   * A finder that has not looked yet.
   *
   * @param named the file that holds for every object, if the user named one
   * @param options as for {@link ConfigurationReader#read}
   */
  public ConfigurationFinder(Optional<Path> named, Supplier<Set<String>> options) {
    this.named = named;
    this.options = options;
  }

  /**
   * The configuration of the object at {@code object}, which need not exist.
   *
   * @throws ConfigurationException if the file is there but cannot be used
   */
  public Optional<Configuration> find(Path object) throws ConfigurationException {
    if (named.isPresent()) {
      return Optional.of(read(named.get()));
    }
    Path folder = object.toAbsolutePath().normalize().getParent();
    while (folder != null) {
      Path candidate = folder.resolve(Configuration.FILE_NAME);
      if (read.containsKey(candidate) || Files.isRegularFile(candidate)) {
        return Optional.of(read(candidate));
      }
      folder = folder.getParent();
    }
    return Optional.empty();
  }

  private Configuration read(Path file) throws ConfigurationException {
    Configuration known = read.get(file);
    if (known != null) {
      return known;
    }
    Configuration configuration = ConfigurationReader.read(file, options);
    read.put(file, configuration);
    return configuration;
  }
}
