package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.LinkedHashMap;
import java.util.Optional;

/** An array or hash whose values are maps. Only user space fills it. */
final class MapOfMaps extends BpfMap {
  private final boolean indexed;
  private final LinkedHashMap<Bytes, BpfMap> inner = new LinkedHashMap<>();

  /**
   * An empty map of maps.
   *
   * @param indexed whether keys are indices below the number of entries
   */
  MapOfMaps(MapDefinition definition, AddressSpace memory, boolean indexed) {
    super(definition, memory);
    this.indexed = indexed;
  }

  @Override
  public Optional<BpfMap> lookupMap(byte[] key) {
    return Optional.ofNullable(inner.get(Bytes.copyOf(key)));
  }

  @Override
  public void putMap(byte[] key, MapContents map) {
    if (!(map instanceof BpfMap actual) || actual.memory() != memory()) {
      throw new IllegalArgumentException(
          "map " + definition().name() + ": the inner map is not of the same machine");
    }
    if (key.length != definition().keySize()) {
      throw new IllegalArgumentException(
          "map " + definition().name() + ": the key has the wrong size");
    }
    boolean inRange = indexed
        ? leadingNumber(key) < Integer.toUnsignedLong(definition().maxEntries())
        : inner.containsKey(Bytes.copyOf(key))
            || inner.size() < Integer.toUnsignedLong(definition().maxEntries());
    if (!inRange) {
      throw new IllegalArgumentException(
          "map " + definition().name() + ": it is full, or the index is out of range");
    }
    inner.put(Bytes.copyOf(key), actual);
  }

  @Override
  public long delete(byte[] key) {
    return inner.remove(Bytes.copyOf(key)) == null ? Errno.ENOENT : 0;
  }
}
