package dev.assay.cli;

import dev.assay.cli.config.Suggestion;
import dev.assay.interpreter.map.MapContents;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.platform.MapType;
import dev.assay.platform.Platform;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * An element that the user puts into a map before a run.
 *
 * @param map the map's name
 * @param key hexadecimal digits
 * @param value hexadecimal digits, or for a program array a program's function, or for a map of maps a map's name
 */
record MapSetting(String map, String key, String value) {
  private static final String OPTION = "--map";
  private static final String PROGRAM_ARRAY = "prog_array";

  /**
   * Reads {@code NAME=KEY:VALUE}.
   *
   * @throws UsageException if it is something else
   */
  static MapSetting of(String text) throws UsageException {
    int equals = text.indexOf('=');
    int colon = text.indexOf(':', equals + 1);
    if (equals < 1 || colon < 0) {
      throw new UsageException("%s: \"%s\" is not NAME=KEY:VALUE".formatted(OPTION, text));
    }
    return new MapSetting(
        text.substring(0, equals), text.substring(equals + 1, colon), text.substring(colon + 1));
  }

  /**
   * Puts the element into the map.
   *
   * @param maps the machine's maps by name
   * @throws UsageException if there is no such map, or it does not take the element
   */
  void apply(Platform platform, BpfObject object, Map<String, MapContents> maps)
      throws UsageException {
    MapContents contents = find(maps, map);
    byte[] keyBytes = InputBytes.ofDigits(OPTION, key);
    try {
      if (platform
          .mapType(contents.definition().type())
          .map(MapType::name)
          .orElse("")
          .equals(PROGRAM_ARRAY)) {
        contents.putProgram(
            ByteBuffer.wrap(keyBytes).order(object.byteOrder()).getInt(), program(object));
      } else if (contents.definition().innerMap().isPresent()) {
        contents.putMap(keyBytes, find(maps, value));
      } else {
        contents.put(keyBytes, InputBytes.ofDigits(OPTION, value));
      }
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new UsageException(
          "%s: %s does not take this element: %s".formatted(OPTION, map, e.getMessage()));
    }
  }

  private static MapContents find(Map<String, MapContents> maps, String name)
      throws UsageException {
    MapContents contents = maps.get(name);
    if (contents == null) {
      throw new UsageException("%s: there is no map \"%s\"%s"
          .formatted(OPTION, name, Suggestion.question(name, maps.keySet())));
    }
    return contents;
  }

  private BpfProgram program(BpfObject object) throws UsageException {
    return object.programs().stream()
        .filter(program -> program.function().equals(value))
        .findFirst()
        .orElseThrow(() -> new UsageException("%s: there is no program with function \"%s\"%s"
            .formatted(
                OPTION,
                value,
                Suggestion.question(
                    value, object.programs().stream().map(BpfProgram::function).toList()))));
  }
}
