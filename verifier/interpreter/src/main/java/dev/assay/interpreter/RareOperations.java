package dev.assay.interpreter;

import dev.assay.interpreter.context.Packet;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.isa.AccessSize;
import dev.assay.isa.Arithmetic;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Instructions as the records say them, by the one definition of arithmetic; slow, and short. */
final class RareOperations {
  /**
   * {@code SKF_NET_OFF} and {@code SKF_LL_OFF}: offsets from here on count from the network and the link-layer
   * header.
   */
  private static final int NETWORK_OFFSET = -0x10_0000;

  private static final int LINK_OFFSET = -0x20_0000;
  private static final int ETHERNET_HEADER = 14;

  private RareOperations() {}

  static void binary(Binary instruction, long[] r) {
    int destination = instruction.destination().number();
    r[destination] = Arithmetic.compute(
        instruction.operator(),
        instruction.width().bits(),
        r[destination],
        value(instruction.source(), r));
  }

  static void negate(Negate instruction, long[] r) {
    int destination = instruction.destination().number();
    r[destination] = Arithmetic.negate(instruction.width().bits(), r[destination]);
  }

  static void byteSwap(ByteSwap instruction, long[] r, AddressSpace memory) {
    int destination = instruction.destination().number();
    r[destination] = Arithmetic.byteSwap(
        instruction.conversion(), instruction.bits(), r[destination], memory.order());
  }

  static void cast(AddressSpaceCast instruction, long[] r) {
    r[instruction.destination().number()] = r[instruction.source().number()];
  }

  static boolean holds(ConditionalJump instruction, long[] r) {
    return Arithmetic.compare(
        instruction.comparison(),
        instruction.width().bits(),
        r[instruction.left().number()],
        value(instruction.right(), r));
  }

  static void load(Load instruction, long[] r, AddressSpace memory) {
    AccessSize size = instruction.size();
    long value = memory.load(r[instruction.base().number()] + instruction.offset(), size.bytes());
    r[instruction.destination().number()] =
        instruction.signed() ? Arithmetic.signExtend(size.bits(), value) : value;
  }

  static void store(Store instruction, long[] r, AddressSpace memory) {
    long address = r[instruction.base().number()] + instruction.offset();
    memory.store(address, instruction.size().bytes(), value(instruction.source(), r));
  }

  static void atomic(Atomic instruction, long[] r, AddressSpace memory) {
    int bits = instruction.width().bits();
    int bytes = instruction.width().bytes();
    long address = r[instruction.base().number()] + instruction.offset();
    int source = instruction.source().number();
    memory.requireWritable(address, bytes);
    memory.requireAligned(address, bytes);
    long old = memory.load(address, bytes);
    long update =
        Arithmetic.update(instruction.operator(), bits, old, r[source], r[Register.R0.number()]);
    memory.store(address, bytes, update);
    if (instruction.operator() == AtomicOperator.CMPXCHG) {
      r[Register.R0.number()] = old;
    } else if (instruction.fetch()) {
      r[source] = old;
    }
  }

  /** What {@link LoadPacketAbsolute} loads, in network byte order; empty outside the packet. */
  static OptionalLong packet(LoadPacketAbsolute instruction, Packet packet) {
    return packet(packet, instruction.size(), instruction.offset());
  }

  /** What {@link LoadPacketIndirect} loads. */
  static OptionalLong packet(LoadPacketIndirect instruction, long[] r, Packet packet) {
    return packet(
        packet, instruction.size(), (int) r[instruction.source().number()] + instruction.offset());
  }

  private static OptionalLong packet(Packet packet, AccessSize size, int offset) {
    int from = offset;
    if (offset < 0 && offset >= NETWORK_OFFSET) {
      from = offset - NETWORK_OFFSET + ETHERNET_HEADER;
    } else if (offset < 0 && offset >= LINK_OFFSET) {
      from = offset - LINK_OFFSET;
    }
    if (!packet.has(from, size.bytes())) {
      return OptionalLong.empty();
    }
    // Short reads stand at the end of eight bytes, the first of which is the most significant.
    byte[] number = new byte[Long.BYTES];
    System.arraycopy(
        packet.read(from, size.bytes()), 0, number, Long.BYTES - size.bytes(), size.bytes());
    return OptionalLong.of(ByteBuffer.wrap(number).getLong());
  }

  private static long value(Operand operand, long[] r) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> r[register.number()];
      case Operand.OfImmediate(int value) -> value;
    };
  }
}
