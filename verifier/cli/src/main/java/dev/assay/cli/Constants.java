package dev.assay.cli;

import dev.assay.interpreter.map.MapContents;
import dev.assay.object.BpfObject;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sets {@code const volatile} variables before a run, as a loader does. */
final class Constants {
  private static final int INDEX_BYTES = 4;

  private Constants() {}

  /**
   * Sets variables.
   *
   * @param values by variable name
   * @param maps the machine's maps by name
   * @throws UsageException if there is no such variable, or it is wider than 64 bits
   */
  static void set(Map<String, Long> values, BpfObject object, Map<String, MapContents> maps)
      throws UsageException {
    Set<String> missing = new HashSet<>(values.keySet());
    for (MapDefinition map : object.maps()) {
      Optional<MapContents> contents = Optional.ofNullable(maps.get(map.name()));
      if (map.data().isEmpty() || contents.isEmpty() || values.isEmpty()) {
        continue;
      }
      byte[] bytes = map.data().get().contents().toArray();
      boolean changed = false;
      for (DataSection.Variable variable : map.data().get().variables()) {
        Long value = values.get(variable.name());
        if (value != null) {
          write(bytes, variable, value, object.byteOrder());
          changed = true;
          missing.remove(variable.name());
        }
      }
      if (changed) {
        contents.get().put(new byte[INDEX_BYTES], bytes);
      }
    }
    if (!missing.isEmpty()) {
      throw new UsageException(
          "--set: there is no variable \"%s\"".formatted(missing.iterator().next()));
    }
  }

  private static void write(
      byte[] bytes, DataSection.Variable variable, long value, ByteOrder order)
      throws UsageException {
    if (variable.size() > Long.BYTES) {
      throw new UsageException(
          "--set: %s has %d bytes, and is no number".formatted(variable.name(), variable.size()));
    }
    byte[] wide = ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
    int from = order == ByteOrder.LITTLE_ENDIAN ? 0 : Long.BYTES - variable.size();
    System.arraycopy(wide, from, bytes, variable.offset(), variable.size());
  }
}
