package dev.assay.object;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A map that an object defines, in whichever of the three styles, or one of its data sections.
 *
 * @param name the symbol's or the section's name
 * @param type the number of the map type, unsigned; data sections are arrays (2) with one value
 * @param keySize bytes
 * @param valueSize bytes; for a data section its size
 * @param maxEntries entries, unsigned
 * @param flags as in the object, unsigned
 * @param innerMap for a map of maps: the index, in {@link BpfObject#maps}, of the map that shows
 *     the shape of the inner ones
 * @param initialEntries what the object puts in at the start, by index: for a map of maps names of
 *     maps, for a program array names of functions
 * @param pinned whether the map is kept under its name in the BPF file system and shared with
 *     others
 * @param keyType the id of the key's type in the object's BTF, or 0 if not known
 * @param valueType the id of the value's type in the object's BTF, or 0 if not known
 * @param data for a data section: what it holds
 * @param specialFields fields of the value that only certain helpers may touch (locks, timers,
 *     kptrs), by offset
 */
public record MapDefinition(
    String name,
    int type,
    int keySize,
    int valueSize,
    int maxEntries,
    int flags,
    Optional<Integer> innerMap,
    NavigableMap<Integer, String> initialEntries,
    boolean pinned,
    int keyType,
    int valueType,
    Optional<DataSection> data,
    List<SpecialField> specialFields) {
  public MapDefinition {
    initialEntries = Collections.unmodifiableNavigableMap(new TreeMap<>(initialEntries));
    specialFields = List.copyOf(specialFields);
  }

  /** A map without anything that only some maps have. */
  public static MapDefinition of(
      String name, int type, int keySize, int valueSize, int maxEntries) {
    return new MapDefinition(
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        0,
        Optional.empty(),
        Collections.emptyNavigableMap(),
        false,
        0,
        0,
        Optional.empty(),
        List.of());
  }

  /** This map as a map of maps whose inner ones look like the map with index {@code inner}. */
  public MapDefinition withInnerMap(int inner) {
    return new MapDefinition(
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        flags,
        Optional.of(inner),
        initialEntries,
        pinned,
        keyType,
        valueType,
        data,
        specialFields);
  }

  /** This map with variables in it. */
  MapDefinition withData(DataSection variables) {
    return new MapDefinition(
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        flags,
        innerMap,
        initialEntries,
        pinned,
        keyType,
        valueType,
        Optional.of(variables),
        specialFields);
  }

  /** This map with other initial entries. */
  public MapDefinition withInitialEntries(NavigableMap<Integer, String> entries) {
    return new MapDefinition(
        name,
        type,
        keySize,
        valueSize,
        maxEntries,
        flags,
        innerMap,
        entries,
        pinned,
        keyType,
        valueType,
        data,
        specialFields);
  }

  /**
   * A field of a map value that plain loads and stores must not touch.
   *
   * @param typeName the C struct's name, for example {@code bpf_spin_lock}; for a pointer its tag:
   *     {@code kptr}, {@code kptr_untrusted}, {@code percpu_kptr} or {@code uptr}
   * @param offset bytes from the start of the value
   * @param size bytes
   * @param pointee for a pointer: the id, in the object's BTF, of what it points to; else 0
   */
  public record SpecialField(String typeName, int offset, int size, int pointee) {
    /** The same field this many bytes further on. */
    public SpecialField shifted(int bytes) {
      return new SpecialField(typeName, offset + bytes, size, pointee);
    }
  }
}
