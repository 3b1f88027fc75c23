package dev.assay.object;

import java.util.List;
import java.util.Optional;

/**
 * A map that an object defines, in whichever of the three styles, or one of its data sections.
 *
 * @param name the symbol's or the section's name
 * @param type the number of the map type, unsigned; data sections are arrays (2) with one value
 * @param keySize bytes
 * @param valueSize bytes; for a data section its size
 * @param maxEntries entries, unsigned
 * @param flags as in the object, unsigned
 * @param innerMap for a map of maps: the index, in {@link BpfObject#maps}, of the map that shows the shape of the inner ones
 * @param data for a data section: what it holds
 * @param specialFields fields of the value that only certain helpers may touch (locks, timers, kptrs), by offset
 */
public record MapDefinition(
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    Optional<Integer> innerMap,
    Optional<DataSection> data,
    List<SpecialField> specialFields) {
  public MapDefinition {
    specialFields = List.copyOf(specialFields);
  }

  /**
   * A field of a map value that plain loads and stores must not touch.
   *
   * @param typeName the C struct's name, for example {@code bpf_spin_lock}, or {@code kptr}
   * @param offset bytes from the start of the value
   * @param size bytes
   */
  public record SpecialField(String typeName, int offset, int size) {}
}
