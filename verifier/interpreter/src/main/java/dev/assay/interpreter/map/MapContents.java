package dev.assay.interpreter.map;

import dev.assay.object.BpfProgram;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import java.util.List;

/** One map of a machine as user space sees it: to be filled before a run and read after it. */
public interface MapContents {

  /** The map's shape. */
  MapDefinition definition();

  /**
   * Puts a value in, as {@code BPF_ANY} does; for a per-CPU map, the same value for each CPU.
   *
   * @throws IllegalArgumentException if key or value have the wrong size, the key is out of range, or the map
   *     is full or takes no values
   */
  void put(byte[] key, byte[] value);

  /**
   * Puts a program into a program array.
   *
   * @throws IllegalArgumentException if this is no program array or {@code index} is out of range
   */
  void putProgram(int index, BpfProgram program);

  /**
   * Puts a map into a map of maps.
   *
   * @param inner another map of the same machine
   * @throws IllegalArgumentException if this is no map of maps, or key or inner map do not fit
   */
  void putMap(byte[] key, MapContents inner);

  /**
   * What is in the map: hashes in the order of insertion, arrays by index without the elements that were never
   * touched.
   */
  List<Entry> entries();

  /** What programs sent to user space through a ring buffer or perf event array, in order. */
  List<Bytes> records();

  /**
   * One element.
   *
   * @param values one, or for a per-CPU map one for each CPU
   */
  record Entry(Bytes key, List<Bytes> values) {
    public Entry {
      values = List.copyOf(values);
    }
  }
}
