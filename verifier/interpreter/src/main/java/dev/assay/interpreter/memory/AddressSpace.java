package dev.assay.interpreter.memory;

import dev.assay.interpreter.memory.Access.Mode;
import dev.assay.interpreter.memory.Region.Role;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The regions of one machine, and checked access to them: an access is wholly inside one region and permitted
 * there, or it is a {@link MemoryException} and has no effect.
 */
public final class AddressSpace {
  /** What a region costs beside its bytes, roughly; so that many empty ones are not free. */
  private static final long REGION_COST = 96;

  /** How far from a region an access may be for messages to name the region, in bytes. */
  private static final long NEAR = 1 << 16;

  private final ByteOrder order;
  private final Placer placer;
  private final long limit;
  private long used;

  // The regions by unsigned base. The keys have their top bit flipped, so that a signed search
  // finds unsigned order.
  private long[] keys = new long[16];
  private Region[] regions = new Region[16];
  private int count;

  /**
   * An empty address space.
   *
   * @param order of numbers in memory
   * @param seed decides where regions lie
   * @param limit how many bytes all regions together may have
   */
  public AddressSpace(ByteOrder order, Placement placement, long seed, long limit) {
    this.order = order;
    this.placer = new Placer(placement, seed);
    this.limit = limit;
  }

  /** The byte order of numbers in memory. */
  public ByteOrder order() {
    return order;
  }

  /** A new region over {@code bytes}, readable and perhaps writable. */
  public Region allocate(Role role, String name, byte[] bytes, boolean writable) {
    return place(
        name,
        bytes.length,
        false,
        base -> new Region(role, name, base, bytes.length, bytes, true, writable));
  }

  /**
   * A new region for a packet, away from the ends of the address space, where addresses may be added to without
   * wrapping.
   */
  public Region allocatePacket(byte[] bytes, boolean writable) {
    return place(
        "packet",
        bytes.length,
        true,
        base -> new Region(Role.PACKET, "packet", base, bytes.length, bytes, true, writable));
  }

  /** A new region in which loads give what {@code reader} says. */
  public Region allocateInterpreted(
      Role role, String name, byte[] bytes, InterpretedRegion.Reader reader) {
    return place(
        name, bytes.length, false, base -> new InterpretedRegion(role, name, base, bytes, reader));
  }

  /** New addresses that stand for something, with nothing behind them to read or write. */
  public Region reserve(Role role, String name, int size) {
    return place(
        name, size, false, base -> new Region(role, name, base, size, new byte[0], false, false));
  }

  private Region place(String name, int size, boolean clearOfEnds, LongFunction<Region> maker) {
    charge(name, size);
    Region region = maker.apply(placer.place(this, size, clearOfEnds));
    insert(region);
    return region;
  }

  /**
   * Checks that there is memory for {@code bytes} more, before they are allocated.
   *
   * @throws MemoryException if there is not
   */
  public void requireRoom(String name, long bytes) {
    if (bytes < 0 || bytes + REGION_COST > limit - used) {
      throw MemoryException.exhausted(name, bytes, limit);
    }
  }

  /**
   * Counts bytes that are kept outside the regions but on behalf of the program against the same limit.
   *
   * @throws MemoryException if they do not fit
   */
  public void charge(String name, long bytes) {
    requireRoom(name, bytes);
    used += bytes + REGION_COST;
  }

  /** Takes back a {@link #charge}. */
  public void refund(long bytes) {
    used -= bytes + REGION_COST;
  }

  private void insert(Region region) {
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      regions = Arrays.copyOf(regions, 2 * count);
    }
    long key = key(region.base());
    int at = -1 - Arrays.binarySearch(keys, 0, count, key);
    System.arraycopy(keys, at, keys, at + 1, count - at);
    System.arraycopy(regions, at, regions, at + 1, count - at);
    keys[at] = key;
    regions[at] = region;
    count++;
  }

  /** Removes a region: nothing may access it any more, and its addresses may come to be used for others. */
  public void release(Region region) {
    int at = Arrays.binarySearch(keys, 0, count, key(region.base()));
    if (at < 0 || regions[at] != region) {
      throw new IllegalArgumentException(region + " is not in this address space");
    }
    region.permit(false, false);
    count--;
    System.arraycopy(keys, at + 1, keys, at, count - at);
    System.arraycopy(regions, at + 1, regions, at, count - at);
    regions[count] = Region.NONE;
    refund(region.size());
  }

  /** The region that the byte at {@code address} lies in. */
  public Optional<Region> find(long address) {
    int at = floor(address);
    return at >= 0 && contains(regions[at], address) ? Optional.of(regions[at]) : Optional.empty();
  }

  /** Whether no region has any of {@code size} addresses from {@code base}, which do not wrap. */
  boolean isFree(long base, int size) {
    int at = floor(base);
    boolean clearOfLower = at < 0 || (!contains(regions[at], base) && regions[at].base() != base);
    boolean clearOfUpper =
        at + 1 >= count || Long.compareUnsigned(regions[at + 1].base() - base, size) >= 0;
    return clearOfLower && clearOfUpper;
  }

  /** A region chosen by a number, or {@link Region#NONE} if there is none at all. */
  Region choose(int number) {
    return count == 0 ? Region.NONE : regions[Math.floorMod(number, count)];
  }

  private int floor(long address) {
    int at = Arrays.binarySearch(keys, 0, count, key(address));
    return at >= 0 ? at : -2 - at;
  }

  private static long key(long address) {
    return address ^ Long.MIN_VALUE;
  }

  private static boolean contains(Region region, long address) {
    return Long.compareUnsigned(address - region.base(), region.size()) < 0;
  }

  /**
   * The region that an access is wholly inside and permitted in.
   *
   * @param size unsigned, not 0
   */
  public Region require(Mode mode, long address, long size) {
    int at = floor(address);
    if (at >= 0 && contains(regions[at], address)) {
      Region region = regions[at];
      long available = region.size() - (address - region.base());
      if (Long.compareUnsigned(size, available) <= 0 && region.permits(mode)) {
        return region;
      }
    }
    throw MemoryException.refused(new Access(mode, address, size), why(mode, address, size));
  }

  private String why(Mode mode, long address, long size) {
    Optional<Region> hit = find(address);
    if (hit.isEmpty()) {
      return "is in no region" + nearest(address);
    }
    Region region = hit.get();
    if (!region.permits(Mode.READ) && !region.permits(Mode.WRITE)) {
      return "hits " + region + ", which may not be accessed";
    }
    if (!region.permits(mode)) {
      return "hits " + region + ", which may not be " + (mode == Mode.READ ? "read" : "written");
    }
    long available = region.size() - (address - region.base());
    return "runs " + Long.toUnsignedString(size - available) + " bytes past the end of " + region;
  }

  private String nearest(long address) {
    int at = floor(address);
    long pastLower = at < 0 ? -1 : address - (regions[at].base() + regions[at].size());
    long beforeUpper = at + 1 >= count ? -1 : regions[at + 1].base() - address;
    boolean lower = Long.compareUnsigned(pastLower, beforeUpper) <= 0;
    long distance = lower ? pastLower : beforeUpper;
    if (Long.compareUnsigned(distance, NEAR) > 0) {
      return ", nor near one";
    }
    return lower
        ? ": %d bytes past the end of %s".formatted(distance, regions[at])
        : ": %d bytes before %s".formatted(distance, regions[at + 1]);
  }

  /**
   * Loads an unsigned number in the machine's byte order.
   *
   * @param width 1, 2, 4 or 8
   */
  public long load(long address, int width) {
    return load(require(Mode.READ, address, width), address, width);
  }

  /** As {@link #load(long, int)}, from the region that {@link #require} gave for this access. */
  public long load(Region region, long address, int width) {
    return region.load((int) (address - region.base()), width, order);
  }

  /** Stores the low {@code width} bytes of {@code value}; the parameters as of {@link #load(long, int)}. */
  public void store(long address, int width, long value) {
    store(require(Mode.WRITE, address, width), address, width, value);
  }

  /** As {@link #store(long, int, long)}, to the region that {@link #require} gave for this access. */
  public void store(Region region, long address, int width, long value) {
    region.store((int) (address - region.base()), width, order, value);
  }

  /**
   * A copy of memory.
   *
   * @param size unsigned; if 0, the address does not matter
   */
  public byte[] read(long address, long size) {
    if (size == 0) {
      return new byte[0];
    }
    Region region = require(Mode.READ, address, size);
    int offset = (int) (address - region.base());
    return Arrays.copyOfRange(region.bytes(), offset, offset + (int) size);
  }

  /** Overwrites memory; nothing happens if there are no bytes. */
  public void write(long address, byte[] bytes) {
    if (bytes.length > 0) {
      Region region = require(Mode.WRITE, address, bytes.length);
      System.arraycopy(bytes, 0, region.bytes(), (int) (address - region.base()), bytes.length);
    }
  }

  /**
   * Checks the address of an atomic operation: hosts may fault where it is not a multiple of the size.
   *
   * @param size a power of two
   * @throws MemoryException if it is not
   */
  public void requireAligned(long address, int size) {
    if ((address & (size - 1)) != 0) {
      throw MemoryException.refused(
          new Access(Mode.WRITE, address, size), "is atomic, and not aligned");
    }
  }

  /**
   * Checks that a later {@link #write} of so many bytes would succeed.
   *
   * @param size unsigned; if 0, the address does not matter
   */
  public void requireWritable(long address, long size) {
    if (size != 0) {
      require(Mode.WRITE, address, size);
    }
  }
}
