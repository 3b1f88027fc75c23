package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A longest-prefix-match trie: a hash map for each prefix length in use, the longest first.
 *
 * <pre>
 *   key:  4 bytes               key size - 4 bytes
 *        +---------------------+--------------------------------------+
 *        | length L in bits    | L bits, the highest of a byte first  |
 *        +---------------------+--------------------------------------+
 * </pre>
 */
final class PrefixTrie extends BpfMap {
  private static final int LENGTH_BYTES = 4;

  private final TreeMap<Integer, LinkedHashMap<Bytes, Region>> byLength =
      new TreeMap<>(Comparator.reverseOrder());
  private long count;

  PrefixTrie(MapDefinition definition, AddressSpace memory) {
    super(definition, memory);
  }

  private boolean hasLegalLength(byte[] key) {
    return key.length > LENGTH_BYTES && leadingNumber(key) <= 8L * (key.length - LENGTH_BYTES);
  }

  /** The first {@code length} bits after the length field, the rest zero. */
  private static Bytes prefix(byte[] key, int length) {
    byte[] bits = new byte[key.length - LENGTH_BYTES];
    System.arraycopy(key, LENGTH_BYTES, bits, 0, (length + 7) / 8);
    if (length % 8 != 0) {
      bits[length / 8] &= (byte) (0xff00 >> (length % 8));
    }
    return Bytes.copyOf(bits);
  }

  @Override
  public Optional<Region> lookup(byte[] key, int cpu) {
    if (!hasLegalLength(key)) {
      return Optional.empty();
    }
    // Descending order: the tail starts at the key's own length and goes down.
    for (Map.Entry<Integer, LinkedHashMap<Bytes, Region>> level :
        byLength.tailMap((int) leadingNumber(key)).entrySet()) {
      Region value = level.getValue().get(prefix(key, level.getKey()));
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  @Override
  public long update(byte[] key, byte[] value, long flags, int cpu) {
    if (flags > ONLY_PRESENT || flags < 0 || !hasLegalLength(key)) {
      return Errno.EINVAL;
    }
    int length = (int) leadingNumber(key);
    Bytes prefix = prefix(key, length);
    LinkedHashMap<Bytes, Region> level =
        byLength.computeIfAbsent(length, any -> new LinkedHashMap<>());
    boolean present = level.containsKey(prefix);
    if (present && flags == ONLY_NEW) {
      return Errno.EEXIST;
    }
    if (!present && flags == ONLY_PRESENT) {
      return Errno.ENOENT;
    }
    if (!present && count >= Integer.toUnsignedLong(definition().maxEntries())) {
      return Errno.ENOSPC;
    }
    try {
      level.put(prefix, newValue(value.clone()));
    } catch (MemoryException e) {
      return Errno.ENOMEM;
    }
    count += present ? 0 : 1;
    return 0;
  }

  @Override
  public long delete(byte[] key) {
    if (!hasLegalLength(key)) {
      return Errno.EINVAL;
    }
    int length = (int) leadingNumber(key);
    LinkedHashMap<Bytes, Region> level = byLength.get(length);
    if (level == null || level.remove(prefix(key, length)) == null) {
      return Errno.ENOENT;
    }
    count--;
    return 0;
  }

  @Override
  public List<byte[]> keys() {
    return entries().stream().map(entry -> entry.key().toArray()).toList();
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    byLength.forEach((length, level) -> level.forEach((prefix, value) -> {
      ByteBuffer key =
          ByteBuffer.allocate(LENGTH_BYTES + prefix.size()).order(memory().order());
      entries.add(entry(key.putInt(length).put(prefix.toArray()).array(), List.of(value)));
    }));
    return entries;
  }
}
