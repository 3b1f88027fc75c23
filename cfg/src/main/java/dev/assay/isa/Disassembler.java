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
import dev.assay.isa.WideImmediate.CodeAddress;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.WideImmediate.MapByFd;
import dev.assay.isa.WideImmediate.MapByIndex;
import dev.assay.isa.WideImmediate.MapValueByFd;
import dev.assay.isa.WideImmediate.MapValueByIndex;
import dev.assay.isa.WideImmediate.VariableAddress;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Instructions as text, in the C-like assembly that LLVM's BPF backend reads and prints;
 * {@link Assembler} reads it back. What LLVM has no text for is written in the terms of RFC 9669:
 * {@code r1 = map_by_fd(3) ll}, {@code call local +5}, {@code call btf[77]}.
 *
 * <p>A number with a sign, {@code goto +3}, counts slots from the slot after the one that holds it; a number without,
 * {@code goto 8}, is a slot.
 */
public final class Disassembler {
  private Disassembler() {}

  /** The instruction, with targets relative: {@code if r1 == 0 goto +3}. */
  public static String text(Instruction instruction) {
    return text(instruction, Disassembler::signed);
  }

  /**
   * The instruction, with targets as slots: at slot 4, {@code if r1 == 0 goto 8}. A target before slot 0 stays
   * relative.
   */
  public static String text(Instruction instruction, int slot) {
    return text(instruction, offset -> {
      long target = slot + 1L + offset;
      return target < 0 ? signed(offset) : Long.toString(target);
    });
  }

  /**
   * One line an instruction, each after its slot and a colon, with targets as slots: assembly whose labels
   * are the slots.
   */
  public static String listing(Code code) {
    int digits = Integer.toString(code.size()).length();
    StringBuilder lines = new StringBuilder();
    for (int slot = 0; slot < code.size(); slot++) {
      if (!code.startsAt(slot)) {
        continue;
      }
      Instruction instruction = code.at(slot);
      OptionalInt target = CodeStructure.target(instruction, slot);
      boolean targetIsLabel = target.isPresent() && code.startsAt(target.getAsInt());
      String number = Integer.toString(slot);
      lines
          .append(" ".repeat(digits - number.length()))
          .append(number)
          .append(": ")
          .append(targetIsLabel ? text(instruction, slot) : text(instruction))
          .append('\n');
    }
    return lines.toString();
  }

  private static String text(Instruction instruction, IntFunction<String> target) {
    return switch (instruction) {
      case Binary(
          ArithmeticOperator operator,
          Width width,
          Register destination,
          Operand source) -> {
        String gap = operator.extendsSign() ? "" : " ";
        yield name(width, destination) + " " + operator.symbol() + gap + name(width, source);
      }
      case Negate(Width width, Register destination) ->
        name(width, destination) + " = -" + name(width, destination);
      case ByteSwap(ByteOrderConversion conversion, int bits, Register destination) ->
        destination + " = " + conversion.mnemonic() + bits + " " + destination;
      case LoadImmediate(Register destination, WideImmediate immediate) ->
        destination + " = " + text(immediate, target) + " ll";
      case Load(
          Register destination,
          Register base,
          short offset,
          AccessSize size,
          boolean signed) ->
        destination + " = *(" + (signed ? "s" + size.bits() : size.typeName()) + " *)("
            + address(base, offset) + ")";
      case Store(Register base, short offset, AccessSize size, Operand source) ->
        "*(" + size.typeName() + " *)(" + address(base, offset) + ") = " + source;
      case Atomic atomic -> text(atomic);
      case LoadPacketAbsolute(AccessSize size, int offset) ->
        "r0 = *(" + size.typeName() + " *)skb[" + offset + "]";
      case LoadPacketIndirect(AccessSize size, Register source, int offset) ->
        "r0 = *(" + size.typeName() + " *)skb["
            + (offset == 0 ? source.toString() : address(source, offset)) + "]";
      case Jump(int offset, boolean wide) -> (wide ? "gotol " : "goto ") + target.apply(offset);
      case ConditionalJump(
          Comparison comparison,
          Width width,
          Register left,
          Operand right,
          short offset) ->
        "if " + name(width, left) + " " + comparison.symbol() + " " + name(width, right) + " goto "
            + target.apply(offset);
      case CallHelper(int helper) -> "call " + helper;
      case CallLocal(int offset) -> "call local " + target.apply(offset);
      case CallBtf(int id, short module) ->
        "call btf[" + id + "]" + (module == 0 ? "" : " module " + module);
      case CallRegister(Register register) -> "callx " + register;
      case Exit() -> "exit";
      case MayGoto(short offset) -> "may_goto " + target.apply(offset);
      case AddressSpaceCast(Register destination, Register source, int toSpace, int fromSpace) ->
        destination + " = addr_space_cast(" + source + ", " + toSpace + ", " + fromSpace + ")";
    };
  }

  private static String text(Atomic atomic) {
    Width width = atomic.width();
    String type = "u" + width.bits();
    String address = address(atomic.base(), atomic.offset());
    String source = name(width, atomic.source());
    String r0 = name(width, Register.R0);
    // LLVM's spelling: xchg_64, but xchg32_32.
    String suffix = width == Width.W64 ? "_64" : "32_32";
    return switch (atomic.operator()) {
      case XCHG -> source + " = xchg" + suffix + "(" + address + ", " + source + ")";
      case CMPXCHG -> r0 + " = cmpxchg" + suffix + "(" + address + ", " + r0 + ", " + source + ")";
      case ADD, OR, AND, XOR -> {
        String pointer = "(" + type + " *)(" + address + ")";
        yield atomic.fetch()
            ? source + " = atomic_fetch_" + lowerCase(atomic.operator()) + "(" + pointer + ", "
                + source + ")"
            : "lock *" + pointer + " "
                + ArithmeticOperator.valueOf(atomic.operator().name()).symbol() + " " + source;
      }
    };
  }

  private static String text(WideImmediate immediate, IntFunction<String> target) {
    return switch (immediate) {
      case Constant(long value) -> "0x" + Long.toHexString(value);
      case MapByFd(int fd) -> "map_by_fd(" + fd + ")";
      case MapValueByFd(int fd, int offset) -> "map_val(map_by_fd(" + fd + "))" + plus(offset);
      case VariableAddress(int variable) -> "var_addr(" + variable + ")";
      case CodeAddress(int offset) -> "code_addr(" + target.apply(offset) + ")";
      case MapByIndex(int index) -> "map_by_idx(" + index + ")";
      case MapValueByIndex(int index, int offset) ->
        "map_val(map_by_idx(" + index + "))" + plus(offset);
    };
  }

  private static String address(Register base, int offset) {
    return base + plus(offset);
  }

  /** {@code " + 8"} or {@code " - 8"}. */
  private static String plus(int offset) {
    return offset < 0 ? " - " + -(long) offset : " + " + offset;
  }

  private static String signed(int offset) {
    return offset < 0 ? Integer.toString(offset) : "+" + offset;
  }

  private static String name(Width width, Operand operand) {
    return switch (operand) {
      case Operand.OfRegister(Register register) -> name(width, register);
      case Operand.OfImmediate(int value) -> Integer.toString(value);
    };
  }

  private static String name(Width width, Register register) {
    return (width == Width.W32 ? "w" : "r") + register.number();
  }

  private static String lowerCase(AtomicOperator operator) {
    return operator.name().toLowerCase(Locale.ROOT);
  }
}
