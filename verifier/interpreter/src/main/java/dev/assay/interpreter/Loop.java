package dev.assay.interpreter;

import dev.assay.interpreter.memory.Access.Mode;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.MemoryException;
import dev.assay.interpreter.memory.Region;
import java.util.Arrays;

/**
 * The loop over operations, written for speed.
 *
 * <p>Loads and stores look first at the region that the same base register led to last time, for a base
 * register tends to stay with its region. {@link #run} must stay under 8000 bytes of bytecode: HotSpot does not
 * compile larger methods. It allocates nothing.
 */
final class Loop {
  /** What {@link #run} returns instead of an index when control has left the translation. */
  static final int LEFT = -1;

  private static final long LOW_WORD = 0xffff_ffffL;

  private final Execution execution;
  private final AddressSpace memory;

  /** By base register; 16, so that every 4-bit number is an index. */
  private final Region[] recent = new Region[16];

  Loop(Execution execution, AddressSpace memory) {
    this.execution = execution;
    this.memory = memory;
    Arrays.fill(recent, Region.NONE);
  }

  /**
   * Executes operations from {@code index} on, until so many are left of what the run may execute.
   *
   * @param r the register file that belongs to the operations
   * @return the index of the operation that is next, or {@link #LEFT}
   */
  int run(long[] operations, long[] r, int index, long stop) {
    Region[] recent = this.recent;
    int next = index;
    long left = execution.left();
    try {
      while (left > stop) {
        left--;
        long operation = operations[next++];
        int dst = (int) operation >>> 8 & 0xf;
        int src = (int) operation >>> 12;
        switch ((int) operation & 0xff) {
          case Opcode.JUMP -> next = (int) (operation >> 32);

          case Opcode.ADD64 -> r[dst] += r[src];
          case Opcode.SUB64 -> r[dst] -= r[src];
          case Opcode.MUL64 -> r[dst] *= r[src];
          case Opcode.DIV64 -> r[dst] = r[src] == 0 ? 0 : Long.divideUnsigned(r[dst], r[src]);
          case Opcode.SDIV64 -> r[dst] = r[src] == 0 ? 0 : r[dst] / r[src];
          case Opcode.MOD64 ->
            r[dst] = r[src] == 0 ? r[dst] : Long.remainderUnsigned(r[dst], r[src]);
          case Opcode.SMOD64 -> r[dst] = r[src] == 0 ? r[dst] : r[dst] % r[src];
          case Opcode.OR64 -> r[dst] |= r[src];
          case Opcode.AND64 -> r[dst] &= r[src];
          case Opcode.XOR64 -> r[dst] ^= r[src];
          // Java takes shift counts modulo the width, as BPF does.
          case Opcode.LSH64 -> r[dst] <<= r[src];
          case Opcode.RSH64 -> r[dst] >>>= r[src];
          case Opcode.ARSH64 -> r[dst] >>= r[src];
          case Opcode.MOV64 -> r[dst] = r[src];
          case Opcode.MOVSX8_64 -> r[dst] = (byte) r[src];
          case Opcode.MOVSX16_64 -> r[dst] = (short) r[src];
          case Opcode.MOVSX32_64 -> r[dst] = (int) r[src];
          case Opcode.NEGATE64 -> r[dst] = -r[dst];

          case Opcode.ADD32 -> r[dst] = r[dst] + r[src] & LOW_WORD;
          case Opcode.SUB32 -> r[dst] = r[dst] - r[src] & LOW_WORD;
          case Opcode.MUL32 -> r[dst] = r[dst] * r[src] & LOW_WORD;
          case Opcode.DIV32 ->
            r[dst] = (int) r[src] == 0
                ? 0
                : Integer.divideUnsigned((int) r[dst], (int) r[src]) & LOW_WORD;
          case Opcode.SDIV32 ->
            r[dst] = (int) r[src] == 0 ? 0 : (int) r[dst] / (int) r[src] & LOW_WORD;
          case Opcode.MOD32 ->
            r[dst] =
                ((int) r[src] == 0 ? r[dst] : Integer.remainderUnsigned((int) r[dst], (int) r[src]))
                    & LOW_WORD;
          case Opcode.SMOD32 ->
            r[dst] = ((int) r[src] == 0 ? r[dst] : (int) r[dst] % (int) r[src]) & LOW_WORD;
          case Opcode.OR32 -> r[dst] = (r[dst] | r[src]) & LOW_WORD;
          case Opcode.AND32 -> r[dst] = r[dst] & r[src] & LOW_WORD;
          case Opcode.XOR32 -> r[dst] = (r[dst] ^ r[src]) & LOW_WORD;
          case Opcode.LSH32 -> r[dst] = (int) r[dst] << (int) r[src] & LOW_WORD;
          case Opcode.RSH32 -> r[dst] = (int) r[dst] >>> (int) r[src] & LOW_WORD;
          case Opcode.ARSH32 -> r[dst] = (int) r[dst] >> (int) r[src] & LOW_WORD;
          case Opcode.MOV32 -> r[dst] = r[src] & LOW_WORD;
          case Opcode.MOVSX8_32 -> r[dst] = (byte) r[src] & LOW_WORD;
          case Opcode.MOVSX16_32 -> r[dst] = (short) r[src] & LOW_WORD;
          case Opcode.NEGATE32 -> r[dst] = -r[dst] & LOW_WORD;

          case Opcode.SWAP16 -> r[dst] = Short.reverseBytes((short) r[dst]) & 0xffffL;
          case Opcode.SWAP32 -> r[dst] = Integer.reverseBytes((int) r[dst]) & LOW_WORD;
          case Opcode.SWAP64 -> r[dst] = Long.reverseBytes(r[dst]);

          case Opcode.LOAD8 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 1);
            r[dst] = at >= 0 ? Region.loadByte(region.bytes(), at) : load(src, address, 1);
          }
          case Opcode.LOAD16 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 2);
            r[dst] = at >= 0 ? Region.loadHalf(region.bytes(), at) : load(src, address, 2);
          }
          case Opcode.LOAD32 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 4);
            r[dst] = at >= 0 ? Region.loadWord(region.bytes(), at) : load(src, address, 4);
          }
          case Opcode.LOAD64 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 8);
            r[dst] = at >= 0 ? Region.loadDouble(region.bytes(), at) : load(src, address, 8);
          }
          case Opcode.LOAD_SIGNED8 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 1);
            r[dst] = (byte) (at >= 0 ? Region.loadByte(region.bytes(), at) : load(src, address, 1));
          }
          case Opcode.LOAD_SIGNED16 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 2);
            r[dst] =
                (short) (at >= 0 ? Region.loadHalf(region.bytes(), at) : load(src, address, 2));
          }
          case Opcode.LOAD_SIGNED32 -> {
            long address = r[src] + (operation >> 32);
            Region region = recent[src];
            int at = region.readIndex(address, 4);
            r[dst] = (int) (at >= 0 ? Region.loadWord(region.bytes(), at) : load(src, address, 4));
          }
          case Opcode.STORE8 -> {
            long address = r[dst] + (operation >> 32);
            Region region = recent[dst];
            int at = region.writeIndex(address, 1);
            if (at >= 0) {
              Region.storeByte(region.bytes(), at, r[src]);
            } else {
              store(dst, address, 1, r[src]);
            }
          }
          case Opcode.STORE16 -> {
            long address = r[dst] + (operation >> 32);
            Region region = recent[dst];
            int at = region.writeIndex(address, 2);
            if (at >= 0) {
              Region.storeHalf(region.bytes(), at, r[src]);
            } else {
              store(dst, address, 2, r[src]);
            }
          }
          case Opcode.STORE32 -> {
            long address = r[dst] + (operation >> 32);
            Region region = recent[dst];
            int at = region.writeIndex(address, 4);
            if (at >= 0) {
              Region.storeWord(region.bytes(), at, r[src]);
            } else {
              store(dst, address, 4, r[src]);
            }
          }
          case Opcode.STORE64 -> {
            long address = r[dst] + (operation >> 32);
            Region region = recent[dst];
            int at = region.writeIndex(address, 8);
            if (at >= 0) {
              Region.storeDouble(region.bytes(), at, r[src]);
            } else {
              store(dst, address, 8, r[src]);
            }
          }

          case Opcode.EQ64 -> next = r[dst] == r[src] ? (int) (operation >> 32) : next;
          case Opcode.NE64 -> next = r[dst] != r[src] ? (int) (operation >> 32) : next;
          case Opcode.SET64 -> next = (r[dst] & r[src]) != 0 ? (int) (operation >> 32) : next;
          case Opcode.GT64 ->
            next = Long.compareUnsigned(r[dst], r[src]) > 0 ? (int) (operation >> 32) : next;
          case Opcode.GE64 ->
            next = Long.compareUnsigned(r[dst], r[src]) >= 0 ? (int) (operation >> 32) : next;
          case Opcode.LT64 ->
            next = Long.compareUnsigned(r[dst], r[src]) < 0 ? (int) (operation >> 32) : next;
          case Opcode.LE64 ->
            next = Long.compareUnsigned(r[dst], r[src]) <= 0 ? (int) (operation >> 32) : next;
          case Opcode.SGT64 -> next = r[dst] > r[src] ? (int) (operation >> 32) : next;
          case Opcode.SGE64 -> next = r[dst] >= r[src] ? (int) (operation >> 32) : next;
          case Opcode.SLT64 -> next = r[dst] < r[src] ? (int) (operation >> 32) : next;
          case Opcode.SLE64 -> next = r[dst] <= r[src] ? (int) (operation >> 32) : next;

          case Opcode.EQ32 -> next = (int) r[dst] == (int) r[src] ? (int) (operation >> 32) : next;
          case Opcode.NE32 -> next = (int) r[dst] != (int) r[src] ? (int) (operation >> 32) : next;
          case Opcode.SET32 ->
            next = ((int) r[dst] & (int) r[src]) != 0 ? (int) (operation >> 32) : next;
          case Opcode.GT32 ->
            next = (r[dst] & LOW_WORD) > (r[src] & LOW_WORD) ? (int) (operation >> 32) : next;
          case Opcode.GE32 ->
            next = (r[dst] & LOW_WORD) >= (r[src] & LOW_WORD) ? (int) (operation >> 32) : next;
          case Opcode.LT32 ->
            next = (r[dst] & LOW_WORD) < (r[src] & LOW_WORD) ? (int) (operation >> 32) : next;
          case Opcode.LE32 ->
            next = (r[dst] & LOW_WORD) <= (r[src] & LOW_WORD) ? (int) (operation >> 32) : next;
          case Opcode.SGT32 -> next = (int) r[dst] > (int) r[src] ? (int) (operation >> 32) : next;
          case Opcode.SGE32 -> next = (int) r[dst] >= (int) r[src] ? (int) (operation >> 32) : next;
          case Opcode.SLT32 -> next = (int) r[dst] < (int) r[src] ? (int) (operation >> 32) : next;
          case Opcode.SLE32 -> next = (int) r[dst] <= (int) r[src] ? (int) (operation >> 32) : next;

          case Opcode.ENTER -> {
            execution.setLeft(left);
            next = execution.enter((int) (operation >> 32), next);
          }
          case Opcode.EXIT -> {
            next = execution.leave();
            if (next < 0) {
              execution.setLeft(left);
              return LEFT;
            }
          }
          default -> {
            execution.setLeft(left);
            next = execution.rare((int) (operation >> 32), next);
            if (next < 0) {
              return LEFT;
            }
            left = execution.left();
          }
        }
      }
    } catch (MemoryException e) {
      execution.setLeft(left);
      throw execution.fault(next - 1, e);
    }
    execution.setLeft(left);
    return next;
  }

  /** A load that does not hit the register's recent region, or is no plain one. */
  private long load(int base, long address, int width) {
    Region region = memory.require(Mode.READ, address, width);
    recent[base] = region;
    return memory.load(region, address, width);
  }

  private void store(int base, long address, int width, long value) {
    Region region = memory.require(Mode.WRITE, address, width);
    recent[base] = region;
    memory.store(region, address, width, value);
  }
}
