package dev.assay.interpreter.map;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import dev.assay.object.BpfProgram;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A map as programs see it, through helpers. What a type of map does not have, it refuses as Linux does:
 * nothing found, or a negative {@link Errno}.
 */
public abstract class BpfMap implements MapContents {
  /** {@code BPF_F_RDONLY_PROG}: programs may not write values. */
  private static final int READ_ONLY_FOR_PROGRAMS = 1 << 7;

  /** {@code BPF_NOEXIST}, {@code BPF_EXIST} and {@code BPF_F_LOCK} of an update's flags. */
  static final long ONLY_NEW = 1;

  static final long ONLY_PRESENT = 2;
  static final long LOCKED = 4;

  /** How much of the address space stands for a map itself. Nothing there can be read or written. */
  private static final int OBJECT_SIZE = 256;

  private final MapDefinition definition;
  private final AddressSpace memory;
  private final Region object;

  BpfMap(MapDefinition definition, AddressSpace memory) {
    this.definition = definition;
    this.memory = memory;
    this.object = memory.reserve(Role.MAP, "map " + definition.name(), OBJECT_SIZE);
  }

  @Override
  public final MapDefinition definition() {
    return definition;
  }

  /** The address that a 64-bit immediate for this map holds. */
  public final long address() {
    return object.base();
  }

  final AddressSpace memory() {
    return memory;
  }

  /** A new region for a value, which starts as {@code contents}. */
  final Region newValue(byte[] contents) {
    boolean writable = (definition.flags() & READ_ONLY_FOR_PROGRAMS) == 0;
    boolean constant = definition.data().map(data -> data.readOnly()).orElse(false);
    return memory.allocate(
        Role.MAP_VALUE, "value of map " + definition.name(), contents, writable && !constant);
  }

  /** A new region for a value of zeros. */
  final Region newValue() {
    memory.requireRoom(
        "value of map " + definition.name(), Integer.toUnsignedLong(definition.valueSize()));
    return newValue(new byte[definition.valueSize()]);
  }

  /** A key's first four bytes as an unsigned number in the machine's order: an index, or a prefix length. */
  final long leadingNumber(byte[] key) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(key).order(memory.order()).getInt());
  }

  /** The key that is an index. */
  final byte[] indexKey(int index) {
    return ByteBuffer.allocate(4).order(memory.order()).putInt(index).array();
  }

  /**
   * The value that belongs to a key.
   *
   * @param key of the map's key size
   * @param cpu whose value it is in a per-CPU map
   */
  public Optional<Region> lookup(byte[] key, int cpu) {
    return Optional.empty();
  }

  /** In a map of maps, the map that belongs to a key. */
  public Optional<BpfMap> lookupMap(byte[] key) {
    return Optional.empty();
  }

  /** Sets an element as a program does, on one CPU; returns 0 or an error. */
  public long update(byte[] key, byte[] value, long flags, int cpu) {
    return Errno.EOPNOTSUPP;
  }

  /** Removes an element; returns 0 or an error. */
  public long delete(byte[] key) {
    return Errno.EOPNOTSUPP;
  }

  /** Adds a value to a queue, stack or Bloom filter; returns 0 or an error. */
  public long push(byte[] value, long flags) {
    return Errno.EOPNOTSUPP;
  }

  /** The next value of a queue or stack; removes it if {@code remove}. */
  public Optional<byte[]> next(boolean remove) {
    return Optional.empty();
  }

  /** The program at an index of a program array. */
  public Optional<BpfProgram> program(long index) {
    return Optional.empty();
  }

  /** Sends bytes to user space; returns 0 or an error. */
  public long output(byte[] bytes) {
    return Errno.EOPNOTSUPP;
  }

  /** The keys in the order in which {@code bpf_for_each_map_elem} visits them. */
  public List<byte[]> keys() {
    return List.of();
  }

  @Override
  public final void put(byte[] key, byte[] value) {
    requireSize("key", key, definition.keySize());
    requireSize("value", value, definition.valueSize());
    long error;
    try {
      error = putEverywhere(key, value);
    } catch (MemoryException e) {
      error = Errno.ENOMEM;
    }
    if (error != 0) {
      throw new IllegalArgumentException("map %s: %s".formatted(definition.name(), reason(error)));
    }
  }

  /** As {@link #update}, on all CPUs. */
  long putEverywhere(byte[] key, byte[] value) {
    return update(key, value, 0, 0);
  }

  private void requireSize(String what, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw new IllegalArgumentException("map %s: its %ss have %d bytes, not %d"
          .formatted(definition.name(), what, Integer.toUnsignedLong(size), bytes.length));
    }
  }

  private static String reason(long error) {
    if (error == Errno.E2BIG) {
      return "it is full, or the index is out of range";
    }
    if (error == Errno.ENOMEM) {
      return "the machine has no memory for it";
    }
    if (error == Errno.EOPNOTSUPP) {
      return "maps of its type take no values from user space";
    }
    return "the value is refused with error " + error;
  }

  @Override
  public void putProgram(int index, BpfProgram program) {
    throw new IllegalArgumentException("map " + definition.name() + " is no program array");
  }

  @Override
  public void putMap(byte[] key, MapContents inner) {
    throw new IllegalArgumentException("map " + definition.name() + " is no map of maps");
  }

  @Override
  public List<Entry> entries() {
    return List.of();
  }

  @Override
  public List<Bytes> records() {
    return List.of();
  }

  static Entry entry(byte[] key, List<Region> values) {
    return new Entry(
        Bytes.copyOf(key),
        values.stream().map(value -> Bytes.copyOf(value.bytes())).toList());
  }
}
