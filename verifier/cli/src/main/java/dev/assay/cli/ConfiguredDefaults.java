package dev.assay.cli;

import dev.assay.cli.config.Configuration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

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
