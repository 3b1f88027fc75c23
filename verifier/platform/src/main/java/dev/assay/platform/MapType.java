package dev.assay.platform;

/**
 * A type of map.
 *
 * @param number the platform's number
 * @param name for example {@code percpu_hash}
 * @param key what a key is
 * @param lookup what a lookup from a program gives
 * @param everyIndexPresent whether a lookup with an index below {@code max_entries} never gives null
 * @param perCpu whether each CPU has its own value
 * @param valueWritable whether a program may store into a value that it looked up
 * @param directValue whether 64-bit immediates may point into the map's value
 * @param since the first release that knows the type
 */
public record MapType(
    int number,
    String name,
    Key key,
    Lookup lookup,
    boolean everyIndexPresent,
    boolean perCpu,
    boolean valueWritable,
    boolean directValue,
    String since) {

  /** What a map's keys are. */
  public enum Key {
    /** Bytes, compared as a whole. */
    BYTES,
    /** A 4-byte index below {@code max_entries}. */
    INDEX,
    /** A 4-byte length in bits, and that many bits. */
    PREFIX,
    /** A kernel object, through helpers of its own: local storage. */
    OBJECT,
    /** There are no keys: queues, ring buffers, … */
    NONE
  }

  /** What {@code map_lookup_elem} gives, if not null. */
  public enum Lookup {
    /** A pointer to the value's bytes. */
    VALUE,
    /** A pointer to an inner map. */
    INNER_MAP,
    /** A referenced full socket, which has to be released. */
    SOCKET,
    /** An AF_XDP socket. */
    XDP_SOCKET,
    /** Programs cannot look up. */
    NONE
  }

  @Override
  public String toString() {
    return name;
  }
}
