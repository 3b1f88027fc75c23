package dev.assay.isa;

import dev.assay.isa.Instruction.AddressSpaceCast;
import dev.assay.isa.Instruction.Atomic;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.CallBtf;
import dev.assay.isa.Instruction.CallHelper;
import dev.assay.isa.Instruction.CallLocal;
import dev.assay.isa.Instruction.CallRegister;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.Exit;
import dev.assay.isa.Instruction.Jump;
import dev.assay.isa.Instruction.Load;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.LoadPacketAbsolute;
import dev.assay.isa.Instruction.LoadPacketIndirect;
import dev.assay.isa.Instruction.MayGoto;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Instruction.Store;

/** The rule that r10 is read-only (RFC 9669, section 2.2). */
final class FramePointer {
  private FramePointer() {}

  /** Whether the instruction would write to r10. */
  static boolean isWrittenBy(Instruction instruction) {
    return switch (instruction) {
      case Binary binary -> binary.destination() == Register.R10;
      case Negate negate -> negate.destination() == Register.R10;
      case ByteSwap swap -> swap.destination() == Register.R10;
      case Load load -> load.destination() == Register.R10;
      case LoadImmediate load -> load.destination() == Register.R10;
      case AddressSpaceCast cast -> cast.destination() == Register.R10;
      case Atomic atomic ->
        atomic.fetch()
            && atomic.operator() != AtomicOperator.CMPXCHG
            && atomic.source() == Register.R10;
      case Store _,
          LoadPacketAbsolute _,
          LoadPacketIndirect _,
          Jump _,
          ConditionalJump _,
          MayGoto _ -> false;
      case CallHelper _, CallLocal _, CallBtf _, CallRegister _, Exit _ -> false;
    };
  }
}
