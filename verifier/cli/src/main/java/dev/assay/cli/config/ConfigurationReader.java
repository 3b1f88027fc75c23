package dev.assay.cli.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads an {@code assay.toml}; what it does not know is an error, lest a slip of the pen goes unnoticed. */
public final class ConfigurationReader {
  private static final int MAXIMUM_BYTES = 1 << 20;
  private static final String PROGRAM = "program";
  private static final String VERIFY = "verify";
  private static final Set<String> TABLES = Set.of(PROGRAM, VERIFY);
  private static final Set<String> PROGRAM_KEYS = Set.of("object", "section", "type");

  private final Path file;
  private final Supplier<Set<String>> options;

  private ConfigurationReader(Path file, Supplier<Set<String>> options) {
    this.file = file;
    this.options = options;
  }

  /**
   * Reads a file.
   *
   * @param options the long names, without dashes, of the options that {@code [verify]} may set; asked for if there is such a table
   * @throws ConfigurationException if it cannot be read, is not TOML, or says something unknown
   */
  public static Configuration read(Path file, Supplier<Set<String>> options)
      throws ConfigurationException {
    return new ConfigurationReader(file, options).read();
  }

  private Configuration read() throws ConfigurationException {
    TomlParseResult toml = parsed();
    if (toml.hasErrors()) {
      TomlParseError error = toml.errors().getFirst();
      throw new ConfigurationException(place(error.position()) + ": " + error.getMessage());
    }
    requireKnown(toml, TABLES, "a table");
    return new Configuration(file, programs(toml), defaults(toml));
  }

  private TomlParseResult parsed() throws ConfigurationException {
    String text = text();
    try {
      return Toml.parse(text);
    } catch (StackOverflowError e) {
      throw new ConfigurationException(file + ": arrays or tables are nested too deeply");
    }
  }

  private String text() throws ConfigurationException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAXIMUM_BYTES + 1);
      if (bytes.length > MAXIMUM_BYTES) {
        throw new ConfigurationException(file + ": larger than 1 MiB, which no configuration is");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + ": no such file");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + ": not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigurationException(file + ": cannot be read: " + e.getMessage());
    }
  }

  private List<Configuration.ProgramEntry> programs(TomlTable toml) throws ConfigurationException {
    Object value = toml.get(PROGRAM);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof TomlArray entries) || !isMadeOf(TomlTable.class, entries)) {
      throw new ConfigurationException(
          place(toml, PROGRAM) + ": entries are written [[program]], with two brackets");
    }
    List<Configuration.ProgramEntry> programs = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      programs.add(program(entries.getTable(i), place(entries.inputPositionOf(i))));
    }
    return programs;
  }

  private Configuration.ProgramEntry program(TomlTable entry, String place)
      throws ConfigurationException {
    requireKnown(entry, PROGRAM_KEYS, "a key of [[program]]");
    return new Configuration.ProgramEntry(
        glob(entry, "object", place),
        glob(entry, "section", place),
        string(entry, "type", place),
        place);
  }

  private Glob glob(TomlTable entry, String key, String place) throws ConfigurationException {
    try {
      return Glob.of(string(entry, key, place));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(place(entry, key) + ": " + e.getMessage());
    }
  }

  private String string(TomlTable entry, String key, String place) throws ConfigurationException {
    Object value = entry.get(List.of(key));
    if (value == null) {
      throw new ConfigurationException(place + ": [[program]] needs " + key + " = \"…\"");
    }
    if (!(value instanceof String text)) {
      throw new ConfigurationException(place(entry, key) + ": " + key + " has to be a string");
    }
    return text;
  }

  private Map<String, Configuration.Default> defaults(TomlTable toml)
      throws ConfigurationException {
    Object value = toml.get(VERIFY);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof TomlTable table)) {
      throw new ConfigurationException(
          place(toml, VERIFY) + ": options of the command are written below [verify]");
    }
    requireKnown(table, options.get(), "an option of verify that may stand here");
    Map<String, Configuration.Default> defaults = new HashMap<>();
    for (String key : table.keySet()) {
      defaults.put(key, new Configuration.Default(commandLineText(table, key), place(table, key)));
    }
    return defaults;
  }

  private String commandLineText(TomlTable table, String key) throws ConfigurationException {
    return switch (table.get(List.of(key))) {
      case String text -> text;
      case Boolean flag -> flag.toString();
      case Long number -> number.toString();
      case TomlArray array
      when isMadeOf(String.class, array) -> {
        StringJoiner joined = new StringJoiner(",");
        array.toList().forEach(element -> joined.add(element.toString()));
        yield joined.toString();
      }
      case null, default ->
        throw new ConfigurationException(place(table, key) + ": " + key
            + " has to be a string, a whole number, true, false, or an array of strings");
    };
  }

  private static boolean isMadeOf(Class<?> type, TomlArray array) {
    return array.toList().stream().allMatch(type::isInstance);
  }

  private void requireKnown(TomlTable table, Set<String> known, String what)
      throws ConfigurationException {
    for (String key : table.keySet()) {
      if (!known.contains(key)) {
        throw new ConfigurationException("%s: \"%s\" is not %s%s"
            .formatted(place(table, key), key, what, Suggestion.question(key, known)));
      }
    }
  }

  private String place(TomlTable table, String key) {
    return place(table.inputPositionOf(List.of(key)));
  }

  private String place(@Nullable TomlPosition position) {
    return position == null
        ? file.toString()
        : file + ":" + position.line() + ":" + position.column();
  }
}
