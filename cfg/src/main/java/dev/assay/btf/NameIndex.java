package dev.assay.btf;

import java.util.ArrayList;
import java.util.List;

/**
 * Types by name without flavour: chains of ids in a hash table of ints, since a kernel has too
 * many names for strings. Ids ascend along a chain.
 */
final class NameIndex {
  private final BtfBytes bytes;
  private final int[] records;
  private final int[] heads;
  private final int[] next;

  NameIndex(BtfBytes bytes, int[] records) {
    this.bytes = bytes;
    this.records = records;
    heads = new int[Integer.highestOneBit(Math.max(records.length, 8)) * 2];
    next = new int[records.length];
    for (int id = records.length - 1; id > 0; id--) {
      int name = bytes.word(records[id]);
      if (name != 0) {
        int slot = slot(bytes.essentialHash(name));
        next[id] = heads[slot];
        heads[slot] = id;
      }
    }
  }

  /** The ids of the types with a name without flavour, ascending. */
  List<Integer> candidates(String essentialName) {
    List<Integer> ids = new ArrayList<>();
    for (int id = heads[slot(BtfBytes.hash(essentialName))]; id != 0; id = next[id]) {
      if (CoreNames.essential(bytes.string(bytes.word(records[id]))).equals(essentialName)) {
        ids.add(id);
      }
    }
    return ids;
  }

  private int slot(int hash) {
    return (hash ^ hash >>> 15) & heads.length - 1;
  }
}
