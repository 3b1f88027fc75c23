package dev.assay.isa;

import dev.assay.isa.Operand.OfImmediate;
import java.util.Locale;

/**
 * An instruction without its operands: what one row of the registry stands for. The records have the names of the
 * instructions that they stand for.
 */
public sealed interface Operation {

  /** Where the second operand comes from. */
  enum Source {
    REGISTER,
    IMMEDIATE
  }

  /** The kinds of 64-bit immediate, in the order of their {@code src_reg}. */
  enum WideKind {
    CONSTANT,
    MAP_BY_FD,
    MAP_VALUE_BY_FD,
    VARIABLE_ADDRESS,
    CODE_ADDRESS,
    MAP_BY_INDEX,
    MAP_VALUE_BY_INDEX
  }

  record Binary(ArithmeticOperator operator, Width width, Source source) implements Operation {}

  record Negate(Width width) implements Operation {}

  record ByteSwap(ByteOrderConversion conversion, int bits) implements Operation {}

  record LoadImmediate(WideKind kind) implements Operation {}

  /** The second slot of {@link LoadImmediate}: no instruction by itself. */
  record SecondSlot() implements Operation {}

  record Load(AccessSize size, boolean signed) implements Operation {}

  record Store(AccessSize size, Source source) implements Operation {}

  record Atomic(AtomicOperator operator, Width width, boolean fetch) implements Operation {}

  record LoadPacketAbsolute(AccessSize size) implements Operation {}

  record LoadPacketIndirect(AccessSize size) implements Operation {}

  record Jump(boolean wide) implements Operation {}

  record ConditionalJump(Comparison comparison, Width width, Source source) implements Operation {}

  record CallHelper() implements Operation {}

  record CallLocal() implements Operation {}

  record CallBtf() implements Operation {}

  /**
   * A call of the function whose address a register holds.
   *
   * @param inImmediate whether the register's number stands in {@code imm}, as LLVM before 19 wrote it, not in
   *     {@code dst_reg}
   */
  record CallRegister(boolean inImmediate) implements Operation {}

  record Exit() implements Operation {}

  record MayGoto() implements Operation {}

  record AddressSpaceCast() implements Operation {}

  /** The operation of an instruction, in the form in which it is encoded. */
  static Operation of(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Binary i -> new Binary(i.operator(), i.width(), source(i.source()));
      case Instruction.Negate i -> new Negate(i.width());
      case Instruction.ByteSwap i -> new ByteSwap(i.conversion(), i.bits());
      case Instruction.LoadImmediate i -> new LoadImmediate(kind(i.immediate()));
      case Instruction.Load i -> new Load(i.size(), i.signed());
      case Instruction.Store i -> new Store(i.size(), source(i.source()));
      case Instruction.Atomic i -> new Atomic(i.operator(), i.width(), i.fetch());
      case Instruction.LoadPacketAbsolute i -> new LoadPacketAbsolute(i.size());
      case Instruction.LoadPacketIndirect i -> new LoadPacketIndirect(i.size());
      case Instruction.Jump i -> new Jump(i.wide());
      case Instruction.ConditionalJump i ->
        new ConditionalJump(i.comparison(), i.width(), source(i.right()));
      case Instruction.CallHelper _ -> new CallHelper();
      case Instruction.CallLocal _ -> new CallLocal();
      case Instruction.CallBtf _ -> new CallBtf();
      case Instruction.CallRegister _ -> new CallRegister(false);
      case Instruction.Exit _ -> new Exit();
      case Instruction.MayGoto _ -> new MayGoto();
      case Instruction.AddressSpaceCast _ -> new AddressSpaceCast();
    };
  }

  /**
   * Reads an operation as the table writes it: its name and its components, separated by spaces.
   *
   * @throws IllegalArgumentException if there is no such operation
   */
  static Operation parse(String text) {
    String[] words = text.split(" ", -1);
    return switch (words[0]) {
      case "Binary" ->
        new Binary(
            ArithmeticOperator.valueOf(words[1]), Width.valueOf(words[2]), parseSource(words[3]));
      case "Negate" -> new Negate(Width.valueOf(words[1]));
      case "ByteSwap" ->
        new ByteSwap(ByteOrderConversion.valueOf(words[1]), Integer.parseInt(words[2]));
      case "LoadImmediate" -> new LoadImmediate(WideKind.valueOf(words[1]));
      case "SecondSlot" -> new SecondSlot();
      case "Load" -> new Load(AccessSize.valueOf(words[1]), words[2].equals("signed"));
      case "Store" -> new Store(AccessSize.valueOf(words[1]), parseSource(words[2]));
      case "Atomic" ->
        new Atomic(
            AtomicOperator.valueOf(words[1]), Width.valueOf(words[2]), words[3].equals("fetch"));
      case "LoadPacketAbsolute" -> new LoadPacketAbsolute(AccessSize.valueOf(words[1]));
      case "LoadPacketIndirect" -> new LoadPacketIndirect(AccessSize.valueOf(words[1]));
      case "Jump" -> new Jump(words[1].equals("wide"));
      case "ConditionalJump" ->
        new ConditionalJump(
            Comparison.valueOf(words[1]), Width.valueOf(words[2]), parseSource(words[3]));
      case "CallHelper" -> new CallHelper();
      case "CallLocal" -> new CallLocal();
      case "CallBtf" -> new CallBtf();
      case "CallRegister" -> new CallRegister(words[1].equals("immediate"));
      case "Exit" -> new Exit();
      case "MayGoto" -> new MayGoto();
      case "AddressSpaceCast" -> new AddressSpaceCast();
      default -> throw new IllegalArgumentException("no operation '" + text + "'");
    };
  }

  private static Source parseSource(String word) {
    return Source.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Source source(Operand operand) {
    return operand instanceof OfImmediate ? Source.IMMEDIATE : Source.REGISTER;
  }

  private static WideKind kind(WideImmediate immediate) {
    return switch (immediate) {
      case WideImmediate.Constant _ -> WideKind.CONSTANT;
      case WideImmediate.MapByFd _ -> WideKind.MAP_BY_FD;
      case WideImmediate.MapValueByFd _ -> WideKind.MAP_VALUE_BY_FD;
      case WideImmediate.VariableAddress _ -> WideKind.VARIABLE_ADDRESS;
      case WideImmediate.CodeAddress _ -> WideKind.CODE_ADDRESS;
      case WideImmediate.MapByIndex _ -> WideKind.MAP_BY_INDEX;
      case WideImmediate.MapValueByIndex _ -> WideKind.MAP_VALUE_BY_INDEX;
    };
  }
}
