package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import dev.assay.object.DataSection;
import dev.assay.object.MapDefinition;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** An array, a per-CPU array or a data section. An element gets its memory when it is first touched. */
final class ArrayMap extends BpfMap {
  private final int cpus;
  private final TreeMap<Integer, List<Region>> elements = new TreeMap<>(Integer::compareUnsigned);

  /**
   * An array of zeros, or what its data section says.
   *
   * @param cpus how many values an element has
   */
  ArrayMap(MapDefinition definition, AddressSpace memory, int cpus) {
    super(definition, memory);
    this.cpus = cpus;
  }

  @Override
  public Optional<Region> lookup(byte[] key, int cpu) {
    long index = leadingNumber(key);
    return exists(index) ? Optional.of(element(index).get(cpu)) : Optional.empty();
  }

  private boolean exists(long index) {
    return index < Integer.toUnsignedLong(definition().maxEntries());
  }

  private List<Region> element(long index) {
    List<Region> element = elements.get((int) index);
    if (element == null) {
      element = new ArrayList<>();
      for (int cpu = 0; cpu < cpus; cpu++) {
        element.add(initialValue());
      }
      elements.put((int) index, element);
    }
    return element;
  }

  private Region initialValue() {
    Region value = newValue();
    definition().data().map(DataSection::contents).ifPresent(data -> copy(data.toArray(), value));
    return value;
  }

  private static void copy(byte[] bytes, Region value) {
    System.arraycopy(bytes, 0, value.bytes(), 0, Math.min(bytes.length, value.size()));
  }

  @Override
  public long update(byte[] key, byte[] value, long flags, int cpu) {
    if ((flags & ~LOCKED) > ONLY_PRESENT) {
      return Errno.EINVAL;
    }
    long index = leadingNumber(key);
    if (!exists(index)) {
      return Errno.E2BIG;
    }
    if ((flags & ONLY_NEW) != 0) {
      return Errno.EEXIST;
    }
    copy(value, element(index).get(cpu));
    return 0;
  }

  @Override
  long putEverywhere(byte[] key, byte[] value) {
    long error = 0;
    for (int cpu = 0; cpu < cpus && error == 0; cpu++) {
      error = update(key, value, 0, cpu);
    }
    return error;
  }

  @Override
  public long delete(byte[] key) {
    return Errno.EINVAL;
  }

  @Override
  public List<byte[]> keys() {
    // Untouched elements are visited too: as in Linux, all of them are there. The list is lazy, for
    // there may be many.
    return new AbstractList<>() {
      @Override
      public byte[] get(int index) {
        return indexKey(index);
      }

      @Override
      public int size() {
        return (int)
            Math.min(Integer.MAX_VALUE, Integer.toUnsignedLong(definition().maxEntries()));
      }
    };
  }

  @Override
  public List<Entry> entries() {
    return elements.entrySet().stream()
        .map(element -> entry(indexKey(element.getKey()), element.getValue()))
        .toList();
  }
}
