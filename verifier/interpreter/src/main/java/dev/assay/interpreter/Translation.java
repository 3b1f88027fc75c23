package dev.assay.interpreter;

import dev.assay.interpreter.memory.Region;
import dev.assay.object.BpfProgram;

/**
 * A program in the form in which it runs: one {@code long} an instruction, addresses filled in, jumps to operations.
 *
 * <pre>
 *   63              32 31            12 11     8 7      0
 *  +------------------+----------------+--------+--------+
 *  | value, signed    | source         | dest.  | opcode |
 *  +------------------+----------------+--------+--------+
 *    value: an offset in bytes, the index of a target, or an index into the rare operations
 *    source: a register, or a constant's place after the registers
 * </pre>
 *
 * @param operations in the order of the code; after them, traps that bad jumps lead to
 * @param slots for each operation the slot of its instruction; for a trap, of the jump
 * @param indices for each slot the operation of the instruction that starts there, or -1
 * @param registers the register file as it is when the program starts: registers of 0, then the constants
 * @param rare what {@link Opcode#RARE} operations do
 * @param addresses stands for the code: 8 addresses a slot
 */
record Translation(
    BpfProgram program,
    long[] operations,
    int[] slots,
    int[] indices,
    long[] registers,
    Rare[] rare,
    Region addresses) {
  /**
   * Where in the register file constants begin: the registers, and some places that keep indices of 4 bits in
   * range.
   */
  static final int FIRST_CONSTANT = 16;

  /** How many places the source field can name. */
  static final int PLACES = 1 << 20;

  /** How many addresses stand for a slot. */
  static final int SLOT_BYTES = 8;

  static long operation(int opcode, int destination, int source, int value) {
    return (long) value << 32 | Integer.toUnsignedLong(source << 12 | destination << 8 | opcode);
  }

  static int opcode(long operation) {
    return (int) operation & 0xff;
  }

  static int destination(long operation) {
    return (int) operation >>> 8 & 0xf;
  }

  static int source(long operation) {
    return (int) operation >>> 12;
  }

  static int value(long operation) {
    return (int) (operation >> 32);
  }

  /** The address that stands for the instruction at {@code slot}, which need not exist. */
  static long address(Region addresses, long slot) {
    return addresses.base() + SLOT_BYTES * slot;
  }

  /** The operation of the instruction that an address stands for, or -1. */
  int indexAt(long address) {
    long offset = address - addresses.base();
    boolean inside =
        offset >= 0 && offset < (long) SLOT_BYTES * indices.length && offset % SLOT_BYTES == 0;
    return inside ? indices[(int) (offset / SLOT_BYTES)] : -1;
  }
}
