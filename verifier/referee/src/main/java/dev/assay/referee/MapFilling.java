package dev.assay.referee;

import dev.assay.interpreter.Machine;
import dev.assay.interpreter.map.MapContents;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What a run finds in its maps: values of random bytes at most of the small keys. */
final class MapFilling {
  /** The types of which user space puts values in. */
  private static final Set<String> TYPES = Set.of(
      "hash",
      "array",
      "percpu_hash",
      "percpu_array",
      "lru_hash",
      "lru_percpu_hash",
      "lpm_trie",
      "queue",
      "stack");

  private static final int MOST_ENTRIES = 16;

  private MapFilling() {}

  static void fill(Machine machine, RandomGenerator random) {
    for (MapContents map : machine.maps().values()) {
      MapType type = LinuxPlatform.load().mapType(map.definition().type()).orElseThrow();
      if (TYPES.contains(type.name())) {
        fill(map, type.key() == MapType.Key.PREFIX, random);
      }
    }
  }

  private static void fill(MapContents map, boolean prefixes, RandomGenerator random) {
    int entries = Math.min(map.definition().maxEntries(), MOST_ENTRIES);
    for (int i = 0; i < entries; i++) {
      if (random.nextInt(3) > 0) {
        byte[] key = new byte[map.definition().keySize()];
        if (prefixes) {
          ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN).putInt(i);
        } else if (key.length > 0) {
          key[0] = (byte) i;
        }
        byte[] value = new byte[map.definition().valueSize()];
        random.nextBytes(value);
        map.put(key, value);
      }
    }
  }
}
