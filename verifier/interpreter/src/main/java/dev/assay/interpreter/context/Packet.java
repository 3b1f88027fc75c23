package dev.assay.interpreter.context;

import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import java.util.Arrays;

/**
 * The packet of a run: metadata, then the data, and room to grow on either side.
 *
 * <pre>
 *   head room | metadata | data          | tail room
 *             ^ data_meta ^ data          ^ data_end
 *             |---------- region --------|
 * </pre>
 *
 * <p>A change of its bounds moves it to other addresses, as Linux may do, so that an old pointer leads nowhere.
 */
public final class Packet {
  /** What XDP leaves before a packet (256 bytes, of which Linux needs 40 for itself). */
  private static final int HEAD_ROOM = 256 - 40;

  /** What is left behind a short packet in a page; skbs could grow further. */
  private static final int TAIL_ROOM = 3072;

  /** How much metadata XDP permits. */
  private static final int MAX_META = 252;

  private final AddressSpace memory;
  private final boolean writable;
  private Region region;
  private int meta;
  private int headRoom = HEAD_ROOM;
  private int tailRoom = TAIL_ROOM;

  /**
   * A packet.
   *
   * @param writable whether programs may store into it through pointers
   */
  public Packet(AddressSpace memory, byte[] data, boolean writable) {
    this.memory = memory;
    this.writable = writable;
    this.region = memory.allocatePacket(data.clone(), writable);
  }

  /** The address of the metadata's first byte. */
  public long metaAddress() {
    return region.base();
  }

  /** The address of the data's first byte. */
  public long dataAddress() {
    return region.base() + meta;
  }

  /** The address after the data's last byte. */
  public long endAddress() {
    return region.base() + region.size();
  }

  /** How many bytes of data there are. */
  public int size() {
    return region.size() - meta;
  }

  /** A copy of the data. */
  public byte[] data() {
    return Arrays.copyOfRange(region.bytes(), meta, region.size());
  }

  /** Whether the data has {@code size} bytes from {@code offset}; both signed, any value. */
  public boolean has(long offset, long size) {
    return offset >= 0 && size >= 0 && offset <= size() && size <= size() - offset;
  }

  /** A copy of some of the data, which it {@link #has}. */
  public byte[] read(long offset, long size) {
    int from = meta + (int) offset;
    return Arrays.copyOfRange(region.bytes(), from, from + (int) size);
  }

  /** Overwrites some of the data, which it {@link #has}. */
  public void write(long offset, byte[] bytes) {
    System.arraycopy(bytes, 0, region.bytes(), meta + (int) offset, bytes.length);
  }

  /** Moves the packet to other addresses without changing it. */
  public void relocate() {
    replace(Arrays.copyOf(region.bytes(), meta), data());
  }

  /**
   * Inserts zeros before the data's byte {@code offset}, or removes bytes from there on; takes or gives head room.
   *
   * @param delta how many bytes to insert, or if negative to remove
   * @param least how short the data may become
   * @return whether there was room; else nothing changed
   */
  public boolean resizeAt(int offset, int delta, int least) {
    if (delta > headRoom
        || size() + delta < least
        || offset > size()
        || (delta < 0 && offset - delta > size())) {
      return false;
    }
    byte[] data = data();
    byte[] changed = new byte[data.length + delta];
    System.arraycopy(data, 0, changed, 0, offset);
    int kept = offset + Math.max(0, -delta);
    System.arraycopy(data, kept, changed, kept + delta, data.length - kept);
    headRoom -= delta;
    replace(Arrays.copyOf(region.bytes(), meta), changed);
    return true;
  }

  /**
   * Moves the start of the data back by {@code delta} bytes, or forward if negative; otherwise as {@link
   * #resizeAt}.
   */
  public boolean resizeHead(int delta, int least) {
    return resizeAt(0, delta, least);
  }

  /** Moves the end of the data forward by {@code delta} bytes, or back if negative; new bytes are zero. */
  public boolean resizeTail(int delta, int least) {
    if (delta > tailRoom || size() + delta < least) {
      return false;
    }
    tailRoom -= delta;
    replace(Arrays.copyOf(region.bytes(), meta), Arrays.copyOf(data(), size() + delta));
    return true;
  }

  /** Makes {@code delta} more bytes of head room metadata, or fewer if negative; the size must be a multiple of 4. */
  public boolean resizeMeta(int delta) {
    long size = (long) meta + delta;
    if (delta > headRoom || size < 0 || size > MAX_META || size % 4 != 0) {
      return false;
    }
    byte[] changed = new byte[(int) size];
    int kept = Math.min(meta, changed.length);
    System.arraycopy(region.bytes(), meta - kept, changed, changed.length - kept, kept);
    headRoom -= delta;
    replace(changed, data());
    return true;
  }

  private void replace(byte[] metadata, byte[] data) {
    byte[] bytes = Arrays.copyOf(metadata, metadata.length + data.length);
    System.arraycopy(data, 0, bytes, metadata.length, data.length);
    Region moved = memory.allocatePacket(bytes, writable);
    memory.release(region);
    region = moved;
    meta = metadata.length;
  }
}
