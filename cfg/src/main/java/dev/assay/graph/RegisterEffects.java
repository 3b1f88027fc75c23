package dev.assay.graph;

import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.Instruction;
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
import dev.assay.isa.Operand;
import dev.assay.isa.Register;

/** Which registers an instruction reads and writes, as sets: bit n for register n. */
final class RegisterEffects {
  /** r1 to r5. */
  static final int ARGUMENTS = 0b11_1110;

  private static final int R0 = 1;

  private RegisterEffects() {}

  static int bit(Register register) {
    return 1 << register.number();
  }

  private static int bits(Operand operand) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> bit(register);
      case Operand.OfImmediate _ -> 0;
    };
  }

  /** The registers that {@code instruction} reads, for a call without its arguments. */
  static int reads(Instruction instruction) {
    return switch (instruction) {
      case Binary binary ->
        (isMove(binary.operator()) ? 0 : bit(binary.destination())) | bits(binary.source());
      case Negate negate -> bit(negate.destination());
      case ByteSwap swap -> bit(swap.destination());
      case Load load -> bit(load.base());
      case Store store -> bit(store.base()) | bits(store.source());
      case Atomic atomic ->
        bit(atomic.base())
            | bit(atomic.source())
            | (atomic.operator() == AtomicOperator.CMPXCHG ? R0 : 0);
      case LoadPacketAbsolute _ -> bit(Register.R6);
      case LoadPacketIndirect load -> bit(Register.R6) | bit(load.source());
      case ConditionalJump jump -> bit(jump.left()) | bits(jump.right());
      case CallRegister call -> bit(call.target());
      case Exit _ -> R0;
      case AddressSpaceCast cast -> bit(cast.source());
      case LoadImmediate _, Jump _, MayGoto _, CallHelper _, CallLocal _, CallBtf _ -> 0;
    };
  }

  static boolean isMove(ArithmeticOperator operator) {
    return switch (operator) {
      case MOV, MOVSX8, MOVSX16, MOVSX32 -> true;
      case ADD, SUB, MUL, DIV, SDIV, MOD, SMOD, OR, AND, XOR, LSH, RSH, ARSH -> false;
    };
  }

  /** The registers that {@code instruction} writes. Calls and legacy packet loads leave nothing in r1 to r5. */
  static int writes(Instruction instruction) {
    return switch (instruction) {
      case Binary binary -> bit(binary.destination());
      case Negate negate -> bit(negate.destination());
      case ByteSwap swap -> bit(swap.destination());
      case LoadImmediate load -> bit(load.destination());
      case Load load -> bit(load.destination());
      case Atomic atomic when !atomic.fetch() -> 0;
      case Atomic atomic -> atomic.operator() == AtomicOperator.CMPXCHG ? R0 : bit(atomic.source());
      case AddressSpaceCast cast -> bit(cast.destination());
      case LoadPacketAbsolute _, LoadPacketIndirect _ -> R0 | ARGUMENTS;
      case CallHelper _, CallLocal _, CallBtf _, CallRegister _ -> R0 | ARGUMENTS;
      case Store _, Jump _, ConditionalJump _, MayGoto _, Exit _ -> 0;
    };
  }
}
