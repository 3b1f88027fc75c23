package dev.assay.isa;

/**
 * One instruction of RFC 9669, or one of three known extensions ({@link CallRegister}, {@link MayGoto},
 * {@link AddressSpaceCast}). Immutable; two instructions are equal if they encode to the same bytes. Jump and call
 * offsets count slots from the slot after the instruction.
 */
public sealed interface Instruction {

  /** How many 8-byte slots the instruction takes: 2 for a 64-bit immediate, else 1. */
  default int slots() {
    return this instanceof LoadImmediate ? 2 : 1;
  }

  /** {@code dst = dst op src}, or for moves {@code dst = src} (sections 4.1). */
  record Binary(ArithmeticOperator operator, Width width, Register destination, Operand source)
      implements Instruction {}

  /** {@code dst = -dst}. */
  record Negate(Width width, Register destination) implements Instruction {}

  /**
   * {@code dst} converted to or from a byte order (section 4.2).
   *
   * @param bits 16, 32 or 64
   */
  record ByteSwap(ByteOrderConversion conversion, int bits, Register destination)
      implements Instruction {}

  /** {@code dst = immediate}, two slots (section 5.4). */
  record LoadImmediate(Register destination, WideImmediate immediate) implements Instruction {}

  /** {@code dst = *(size *)(base + offset)}, zero-extended, or sign-extended if {@code signed} (sections 5.1, 5.2). */
  record Load(Register destination, Register base, short offset, AccessSize size, boolean signed)
      implements Instruction {}

  /** {@code *(size *)(base + offset) = source} (section 5.1). */
  record Store(Register base, short offset, AccessSize size, Operand source)
      implements Instruction {}

  /**
   * An atomic read-modify-write of {@code *(width *)(base + offset)} (section 5.3).
   *
   * @param fetch whether the old value is returned: in {@code source}, or for {@code CMPXCHG} in {@code r0};
   *     always true for {@code XCHG} and {@code CMPXCHG}
   */
  record Atomic(
      AtomicOperator operator,
      boolean fetch,
      Width width,
      Register base,
      short offset,
      Register source)
      implements Instruction {}

  /**
   * Deprecated: {@code r0 = } the packet's bytes at {@code offset}, in network byte order; r6 holds the
   * context; exits if outside (section 5.5).
   */
  record LoadPacketAbsolute(AccessSize size, int offset) implements Instruction {}

  /** Deprecated: as {@link LoadPacketAbsolute}, at {@code source + offset}. */
  record LoadPacketIndirect(AccessSize size, Register source, int offset) implements Instruction {}

  /**
   * An unconditional jump.
   *
   * @param wide whether it is the form with a 32-bit offset ({@code gotol}, opcode 0x06); the other has 16 bits
   */
  record Jump(int offset, boolean wide) implements Instruction {}

  /** {@code if left comparison right goto offset}. Never {@code NOT_SET}, which has no opcode. */
  record ConditionalJump(
      Comparison comparison, Width width, Register left, Operand right, short offset)
      implements Instruction {}

  /** A call of a platform function by its static number. */
  record CallHelper(int helper) implements Instruction {}

  /** A call of a function of this program. */
  record CallLocal(int offset) implements Instruction {}

  /** A call of a platform function by its BTF id; {@code module} is the offset field (0: the kernel itself). */
  record CallBtf(int id, short module) implements Instruction {}

  /** Extension {@code callx}: a call of the function whose address a register holds. */
  record CallRegister(Register target) implements Instruction {}

  /** Returns from the current function with r0. */
  record Exit() implements Instruction {}

  /** Extension {@code may_goto}: jumps once the platform's loop budget is spent, else falls through. */
  record MayGoto(short offset) implements Instruction {}

  /**
   * Extension {@code addr_space_cast}: {@code dst = src} moved between address spaces.
   *
   * @param toSpace the address space of the result, unsigned 16 bits
   * @param fromSpace the address space of the source, unsigned 16 bits
   */
  record AddressSpaceCast(Register destination, Register source, int toSpace, int fromSpace)
      implements Instruction {}
}
