package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A queue or a stack of values. */
final class Sequence extends BpfMap {
  private final boolean lastInFirstOut;
  private final ArrayDeque<byte[]> values = new ArrayDeque<>();

  Sequence(MapDefinition definition, AddressSpace memory, boolean lastInFirstOut) {
    super(definition, memory);
    this.lastInFirstOut = lastInFirstOut;
  }

  @Override
  public long push(byte[] value, long flags) {
    if (flags != 0 && flags != ONLY_PRESENT) {
      return Errno.EINVAL;
    }
    if (values.size() >= Integer.toUnsignedLong(definition().maxEntries())) {
      if (flags != ONLY_PRESENT || values.isEmpty()) {
        return Errno.E2BIG;
      }
      // BPF_EXIST: room is made by dropping the oldest value.
      memory().refund(values.removeLast().length);
    }
    memory().charge("value of map " + definition().name(), value.length);
    values.addFirst(value.clone());
    return 0;
  }

  // The newest value is at the front.
  @Override
  public Optional<byte[]> next(boolean remove) {
    byte[] value = lastInFirstOut ? values.peekFirst() : values.peekLast();
    if (value != null && remove) {
      memory().refund((lastInFirstOut ? values.removeFirst() : values.removeLast()).length);
    }
    return Optional.ofNullable(value);
  }

  @Override
  long putEverywhere(byte[] key, byte[] value) {
    return push(value, 0);
  }

  @Override
  public List<Entry> entries() {
    Iterable<byte[]> order = lastInFirstOut ? values : values::descendingIterator;
    List<Entry> entries = new ArrayList<>();
    order.forEach(
        value -> entries.add(new Entry(Bytes.copyOf(new byte[0]), List.of(Bytes.copyOf(value)))));
    return entries;
  }
}
