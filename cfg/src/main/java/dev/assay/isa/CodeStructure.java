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
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.OptionalInt;

/** Where control goes, as far as the code itself says. */
public final class CodeStructure {
  private CodeStructure() {}

  /**
   * The slot that an instruction at {@code slot} names: a jump's or local call's target, or the code whose address it
   * loads. Nothing need be there; the slot may be negative.
   */
  public static OptionalInt target(Instruction instruction, int slot) {
    return switch (instruction) {
      case Jump jump -> OptionalInt.of(slot + 1 + jump.offset());
      case ConditionalJump jump -> OptionalInt.of(slot + 1 + jump.offset());
      case MayGoto jump -> OptionalInt.of(slot + 1 + jump.offset());
      case CallLocal call -> OptionalInt.of(slot + 1 + call.offset());
      case LoadImmediate load ->
        load.immediate() instanceof CodeAddress(int offset)
            ? OptionalInt.of(slot + 1 + offset)
            : OptionalInt.empty();
      case Binary _,
          Negate _,
          ByteSwap _,
          Load _,
          Store _,
          Atomic _,
          LoadPacketAbsolute _,
          LoadPacketIndirect _ -> OptionalInt.empty();
      case CallHelper _, CallBtf _, CallRegister _, Exit _, AddressSpaceCast _ ->
        OptionalInt.empty();
    };
  }

  /** Whether control can go on to the instruction that follows this one. Calls return. */
  public static boolean fallsThrough(Instruction instruction) {
    return !(instruction instanceof Jump || instruction instanceof Exit);
  }

  /**
   * Checks that every jump, local call and code address leads to the start of an instruction.
   *
   * @param order the byte order in which the exception shows the bytes
   * @throws MalformedCodeException for the first that does not
   */
  public static void checkTargets(Code code, ByteOrder order) throws MalformedCodeException {
    for (int slot = 0; slot < code.size(); slot++) {
      if (!code.startsAt(slot)) {
        continue;
      }
      Instruction instruction = code.at(slot);
      OptionalInt target = target(instruction, slot);
      if (target.isPresent() && !code.startsAt(target.getAsInt())) {
        throw malformed(slot, instruction, order, describeMiss(code, target.getAsInt()));
      }
    }
  }

  /**
   * Checks what {@link #checkTargets} does, and that no path from slot 0, from a called function or from code whose
   * address is taken runs past the end of the code. Every branch counts as possible both ways.
   *
   * @param order the byte order in which the exception shows the bytes
   * @throws MalformedCodeException for the first thing that is wrong
   */
  public static void check(Code code, ByteOrder order) throws MalformedCodeException {
    checkTargets(code, order);
    if (code.size() == 0) {
      throw new MalformedCodeException(0, new byte[0], "there is no code");
    }
    BitSet reached = new BitSet(code.size());
    Deque<Integer> pending = new ArrayDeque<>();
    pending.add(0);
    while (!pending.isEmpty()) {
      int slot = pending.remove();
      if (reached.get(slot)) {
        continue;
      }
      reached.set(slot);
      Instruction instruction = code.at(slot);
      target(instruction, slot).ifPresent(pending::add);
      if (fallsThrough(instruction)) {
        int next = slot + instruction.slots();
        if (next == code.size()) {
          throw malformed(
              slot,
              instruction,
              order,
              "control runs past the end of the code; end it in exit or goto");
        }
        pending.add(next);
      }
    }
  }

  private static String describeMiss(Code code, int target) {
    if (target < 0 || target >= code.size()) {
      return "leads to slot " + target + ", outside the code (slots 0 to " + (code.size() - 1)
          + ")";
    }
    return "leads to slot " + target + ", the middle of a 64-bit immediate";
  }

  private static MalformedCodeException malformed(
      int slot, Instruction instruction, ByteOrder order, String reason) {
    return new MalformedCodeException(slot, Encoder.encode(instruction, order), reason);
  }
}
