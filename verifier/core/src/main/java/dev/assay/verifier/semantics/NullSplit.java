package dev.assay.verifier.semantics;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Instruction;
import dev.assay.isa.Width;
import dev.assay.verifier.state.State;

/** Where a path is split into one on which a pointer is null and one on which it is not. */
final class NullSplit {
  private NullSplit() {}

  /**
   * The register whose nullable pointer is about to be copied, handed on or compared with something else than null, or −1. The path is then
   * split into the one where it is null and the one where it is not, so that a nullable pointer is in one place only.
   */
  static int register(State state, Instruction instruction) {
    return switch (instruction) {
      case Instruction.Binary b
      when b.operator() == ArithmeticOperator.MOV && b.width() == Width.W64 ->
        nullable(state, ArithmeticSemantics.registers(b.source()));
      // Compilers make one test of two: p | q is 0 if both are null.
      case Instruction.Binary b
      when b.operator() == ArithmeticOperator.OR && b.width() == Width.W64 ->
        nullable(state, 1 << b.destination().number() | ArithmeticSemantics.registers(b.source()));
      case Instruction.Store s -> nullable(state, ArithmeticSemantics.registers(s.source()));
      case Instruction.ConditionalJump j -> {
        int used = JumpSemantics.registers(j);
        int r = nullable(state, used);
        yield r >= 0 && JumpSemantics.isNullTest(state, j, r)
            ? nullable(state, used & ~(1 << r))
            : r;
      }
      case Instruction.CallHelper c -> nullable(state, 0b111110);
      case Instruction.CallBtf c -> nullable(state, 0b111110);
      case Instruction.Exit e -> nullable(state, 1);
      case Instruction.Binary b -> -1;
      case Instruction.Negate n -> -1;
      case Instruction.ByteSwap b -> -1;
      case Instruction.LoadImmediate l -> -1;
      case Instruction.Load l -> -1;
      case Instruction.Atomic a -> -1;
      case Instruction.LoadPacketAbsolute l -> -1;
      case Instruction.LoadPacketIndirect l -> -1;
      case Instruction.Jump j -> -1;
      case Instruction.CallLocal c -> -1;
      case Instruction.CallRegister c -> -1;
      case Instruction.MayGoto m -> -1;
      case Instruction.AddressSpaceCast a -> -1;
    };
  }

  private static int nullable(State state, int registers) {
    for (int r = 0; r < 10; r++) {
      if ((registers >>> r & 1) != 0 && state.register(r).kind().nullable()) {
        return r;
      }
    }
    return -1;
  }
}
