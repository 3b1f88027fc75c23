package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A ring buffer whose reader keeps up: only records that are reserved and not yet handed over take room in it. */
public final class RingBuffer extends BpfMap {
  /** The header that Linux puts before each record. */
  private static final int HEADER = 8;

  private final List<Region> reserved = new ArrayList<>();
  private final List<Bytes> records = new ArrayList<>();
  private long used;

  RingBuffer(MapDefinition definition, AddressSpace memory) {
    super(definition, memory);
  }

  /** The size of the ring in bytes. */
  public long capacity() {
    return Integer.toUnsignedLong(definition().maxEntries());
  }

  /** How many bytes are reserved. */
  public long used() {
    return used;
  }

  private static long cost(long size) {
    return (size + HEADER + 7) & -8;
  }

  /**
   * Memory for a record, or empty if there is no room.
   *
   * @param size unsigned
   */
  public Optional<Region> reserve(long size) {
    if (size < 0 || size > capacity() || cost(size) > capacity() - used) {
      return Optional.empty();
    }
    String name = "record of map " + definition().name();
    try {
      memory().requireRoom(name, size);
      Region record = memory().allocate(Role.ALLOCATED, name, new byte[(int) size], true);
      reserved.add(record);
      used += cost(size);
      return Optional.of(record);
    } catch (MemoryException e) {
      return Optional.empty();
    }
  }

  /** The record that was reserved at an address and is not handed over yet. */
  public Optional<Region> reservedAt(long address) {
    return reserved.stream().filter(record -> record.base() == address).findFirst();
  }

  /** Takes a reserved record back; its reader sees it if {@code submitted}. The program may not access it any more. */
  public void finish(Region record, boolean submitted) {
    if (!reserved.remove(record)) {
      throw new IllegalArgumentException(record + " is not reserved");
    }
    used -= cost(record.size());
    if (submitted) {
      keep(record.bytes());
    }
    memory().release(record);
  }

  private void keep(byte[] record) {
    memory().charge("record of map " + definition().name(), record.length);
    records.add(Bytes.copyOf(record));
  }

  @Override
  public long output(byte[] bytes) {
    if (bytes.length > capacity() || cost(bytes.length) > capacity() - used) {
      return Errno.EAGAIN;
    }
    keep(bytes);
    return 0;
  }

  @Override
  public List<Bytes> records() {
    return List.copyOf(records);
  }
}
