package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A hash map, perhaps per CPU, perhaps one that forgets the least recently used element when it is full.
 *
 * <p>As in Linux, an update of a plain hash makes a new element: pointers to the old one go on seeing the old value, as
 * they do after a removal, until the run ends. A per-CPU value is changed in place.
 */
final class HashTable extends BpfMap {
  private final int cpus;
  private final boolean perCpu;
  private final boolean forgets;
  private final LinkedHashMap<Bytes, List<Region>> elements;

  HashTable(
      MapDefinition definition, AddressSpace memory, int cpus, boolean perCpu, boolean forgets) {
    super(definition, memory);
    this.cpus = cpus;
    this.perCpu = perCpu;
    this.forgets = forgets;
    this.elements = new LinkedHashMap<>(16, 0.75f, forgets);
  }

  @Override
  public Optional<Region> lookup(byte[] key, int cpu) {
    return Optional.ofNullable(elements.get(Bytes.copyOf(key))).map(values -> values.get(cpu));
  }

  @Override
  public long update(byte[] key, byte[] value, long flags, int cpu) {
    if ((flags & ~LOCKED) > ONLY_PRESENT) {
      return Errno.EINVAL;
    }
    Bytes name = Bytes.copyOf(key);
    List<Region> present = elements.get(name);
    if (present != null && (flags & ONLY_NEW) != 0) {
      return Errno.EEXIST;
    }
    if (present == null && (flags & ONLY_PRESENT) != 0) {
      return Errno.ENOENT;
    }
    if (present != null && perCpu) {
      System.arraycopy(value, 0, present.get(cpu).bytes(), 0, value.length);
      return 0;
    }
    if (present == null
        && elements.size() >= Integer.toUnsignedLong(definition().maxEntries())) {
      if (!forgets || elements.isEmpty()) {
        return Errno.E2BIG;
      }
      elements.remove(elements.keySet().iterator().next());
    }
    try {
      elements.put(name, newElement(value, cpu));
      return 0;
    } catch (MemoryException e) {
      return Errno.ENOMEM;
    }
  }

  private List<Region> newElement(byte[] value, int cpu) {
    if (!perCpu) {
      return List.of(newValue(value.clone()));
    }
    List<Region> values = new ArrayList<>();
    for (int each = 0; each < cpus; each++) {
      values.add(each == cpu ? newValue(value.clone()) : newValue());
    }
    return values;
  }

  @Override
  long putEverywhere(byte[] key, byte[] value) {
    long error = 0;
    for (int cpu = 0; cpu < (perCpu ? cpus : 1) && error == 0; cpu++) {
      error = update(key, value, 0, cpu);
    }
    return error;
  }

  @Override
  public long delete(byte[] key) {
    return elements.remove(Bytes.copyOf(key)) == null ? Errno.ENOENT : 0;
  }

  @Override
  public List<byte[]> keys() {
    return elements.keySet().stream().map(Bytes::toArray).toList();
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<Bytes, List<Region>> element : elements.entrySet()) {
      entries.add(entry(element.getKey().toArray(), element.getValue()));
    }
    return entries;
  }
}
