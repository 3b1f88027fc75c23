package dev.assay.platform;

/** What a function leaves in {@code r0}. Register numbers count from 1. */
public sealed interface Result {

  /** An integer within a range. */
  record Integer(IntegerRange range) implements Result {}

  /** A negative error, not below -4095, or a number of bytes that is at most the argument {@code r<argument>}. */
  record ErrorOrSize(int argument) implements Result {}

  /** Nothing: {@code r0} is uninitialised. */
  record Nothing() implements Result {}

  /** The function does not return if it succeeds; if it does return, {@code r0} is uninitialised. */
  record ErrorOrNoReturn() implements Result {}

  /** What a lookup in the map among the arguments gives, see {@link MapType.Lookup}. */
  record MapValue(boolean nullable) implements Result {}

  /** A socket. */
  record Socket(SocketClass socket, boolean nullable) implements Result {}

  /** A kernel object of a C type. */
  record KernelObject(String type, boolean nullable) implements Result {}

  /** Memory that the program owns until it gives it back; its size is the argument {@code r<argument>}. */
  record AllocatedMemory(int argument) implements Result {}

  /**
   * Memory that is only borrowed, or null; its size is the argument {@code r<argument>}, which must be known.
   *
   * @param atomics whether atomic operations are permitted on it: not where it may begin at any address
   */
  record BorrowedMemory(int argument, boolean writable, boolean atomics) implements Result {}

  /** Memory of so many bytes that is only borrowed, or null. */
  record FixedMemory(int bytes, boolean writable, boolean nullable) implements Result {}

  /** The variable of a CPU that {@link Argument.PerCpuVariable} named. */
  record PerCpuVariable(boolean nullable) implements Result {}

  /** What the argument {@code r<argument>} was. */
  record Argument(int argument) implements Result {}

  /** The kernel object that the special field held before, or null. */
  record ExchangedPointer() implements Result {}
}
