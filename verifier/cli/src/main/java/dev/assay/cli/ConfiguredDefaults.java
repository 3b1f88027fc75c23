package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import dev.assay.cli.config.ConfigurationException;
import dev.assay.cli.config.ConfigurationFinder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The values that a configuration gives to options that are not on the command line. */
final class ConfiguredDefaults implements IDefaultValueProvider {
  private static final String DASHES = "--";

  private final Map<String, Configuration.Default> defaults;

  ConfiguredDefaults(Map<String, Configuration.Default> defaults) {
    this.defaults = defaults;
  }

  /** The names, without dashes, by which a configuration may set one of these options. */
  static Set<String> names(Collection<OptionSpec> options) {
    return options.stream().flatMap(ConfiguredDefaults::longNames).collect(Collectors.toSet());
  }

  /** What the configuration says of an option. */
  static Optional<Configuration.Default> of(
      @Nullable ArgSpec argument, Map<String, Configuration.Default> defaults) {
    return argument instanceof OptionSpec option
        ? longNames(option).filter(defaults::containsKey).map(defaults::get).findFirst()
        : Optional.empty();
  }

  /** A command that takes defaults for its options from configurations. */
  interface Reader {
    /**
     * What the configurations of the command's objects say of options.
     *
     * @throws ConfigurationException if one cannot be used, or if two of them say different things
     */
    Map<String, Configuration.Default> configuredDefaults() throws ConfigurationException;
  }

  /**
   * What the configurations of objects say of options.
   *
   * @param files the objects' paths
   * @throws ConfigurationException if one cannot be used, or if two of them say different things
   */
  static Map<String, Configuration.Default> forObjects(
      ConfigurationFinder finder, List<String> files) throws ConfigurationException {
    Optional<Configuration> first = Optional.empty();
    for (String file : files) {
      Optional<Configuration> configuration = finder.find(Path.of(file));
      if (configuration.isEmpty() || configuration.get().defaults().isEmpty()) {
        continue;
      }
      if (first.isPresent() && !first.get().file().equals(configuration.get().file())) {
        throw new ConfigurationException(
            "%s and %s both set options; name one with --config, or verify their objects apart"
                .formatted(first.get().file(), configuration.get().file()));
      }
      first = configuration;
    }
    return first.map(Configuration::defaults).orElse(Map.of());
  }

  /**
   * The error that a bad value is: in the configuration, with its place there, if that set the option.
   *
   * @param parsed the command with the options that the user wrote
   */
  static Exception located(
      UsageException exception, ParseResult parsed, Map<String, Configuration.Default> defaults) {
    String message = Objects.requireNonNullElse(exception.getMessage(), "");
    for (String name : exception.options()) {
      OptionSpec option = parsed.commandSpec().findOption(name);
      Optional<Configuration.Default> set = of(option, defaults);
      if (option != null && set.isPresent() && !parsed.hasMatchedOption(option)) {
        String said =
            message.startsWith(name + ": ") ? message.substring(DASHES.length()) : message;
        return new ConfigurationException(set.get().place() + ": " + said);
      }
    }
    return exception;
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return of(argument, defaults).map(Configuration.Default::text).orElse(null);
  }

  private static Stream<String> longNames(OptionSpec option) {
    return Arrays.stream(option.names())
        .filter(name -> name.startsWith(DASHES))
        .map(name -> name.substring(DASHES.length()));
  }
}
