package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** What packets are redirected to: devices, CPUs or sockets. User space fills it; programs may only look. */
final class TargetArray extends BpfMap {
  private final boolean indexed;
  private final LinkedHashMap<Bytes, Region> targets = new LinkedHashMap<>();

  /**
   * An empty array.
   *
   * @param indexed whether keys are indices below the number of entries
   */
  TargetArray(MapDefinition definition, AddressSpace memory, boolean indexed) {
    super(definition, memory);
    this.indexed = indexed;
  }

  @Override
  public Optional<Region> lookup(byte[] key, int cpu) {
    return Optional.ofNullable(targets.get(Bytes.copyOf(key)));
  }

  @Override
  public long delete(byte[] key) {
    return targets.remove(Bytes.copyOf(key)) == null ? Errno.ENOENT : 0;
  }

  @Override
  long putEverywhere(byte[] key, byte[] value) {
    boolean full = targets.size() >= Integer.toUnsignedLong(definition().maxEntries());
    if (indexed ? leadingNumber(key) >= Integer.toUnsignedLong(definition().maxEntries()) : full) {
      return Errno.E2BIG;
    }
    Region target = newValue(value.clone());
    target.permit(true, false);
    targets.put(Bytes.copyOf(key), target);
    return 0;
  }

  @Override
  public List<Entry> entries() {
    return targets.entrySet().stream()
        .map(target -> entry(target.getKey().toArray(), List.of(target.getValue())))
        .toList();
  }
}
