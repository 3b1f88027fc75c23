package dev.assay.interpreter;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.memory.AddressSpace;
import dev.assay.interpreter.memory.Region;
import dev.assay.interpreter.memory.Region.Role;
import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
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
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.object.BpfProgram;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a program's {@link Translation} for one machine. Takes any code, well-formed or not. */
final class Translator {
  private final Linker linker;
  private final Code code;
  private final boolean littleEndian;
  private final Region addresses;
  private final int[] indices;
  private final int instructions;
  private final long[] operations;
  private final List<Rare> rare = new ArrayList<>();
  private final Map<Long, Integer> constants = new LinkedHashMap<>();
  private final Map<Integer, Integer> traps = new LinkedHashMap<>();

  private Translator(Linker linker, AddressSpace memory, BpfProgram program) {
    this.linker = linker;
    this.code = program.code();
    this.littleEndian = memory.order() == ByteOrder.LITTLE_ENDIAN;
    String name = "code of " + program.function();
    memory.requireRoom(name, (long) Translation.SLOT_BYTES * code.size());
    this.addresses = memory.reserve(Role.CODE, name, Translation.SLOT_BYTES * code.size());
    this.indices = new int[code.size()];
    int index = 0;
    for (int slot = 0; slot < code.size(); slot++) {
      indices[slot] = code.startsAt(slot) ? index++ : -1;
    }
    this.instructions = index;
    this.operations = new long[index];
  }

  /** The translation of {@code program}, whose addresses {@code linker} knows. */
  static Translation translate(Linker linker, AddressSpace memory, BpfProgram program) {
    Translator translator = new Translator(linker, memory, program);
    translator.translateAll();
    return translator.finish(program);
  }

  private void translateAll() {
    for (int slot = 0; slot < code.size(); slot++) {
      if (code.startsAt(slot)) {
        Optional<String> refusal = linker.refusal(slot);
        operations[indices[slot]] = refusal.isPresent()
            ? rare(new Rare.Refused(Cause.UNSUPPORTED, refusal.get()))
            : translate(slot, code.at(slot));
      }
    }
  }

  private Translation finish(BpfProgram program) {
    // What runs past the last instruction arrives at the first trap; those of bad jumps follow.
    long[] all = Arrays.copyOf(operations, instructions + 1 + traps.size());
    int[] slots = new int[all.length];
    for (int slot = 0; slot < indices.length; slot++) {
      if (indices[slot] >= 0) {
        slots[indices[slot]] = slot;
      }
    }
    all[instructions] = rare(new Rare.Trap("the code ends without an exit"));
    slots[instructions] = Math.max(0, code.size() - 1);
    traps.forEach((slot, index) -> {
      all[index] = rare(new Rare.Trap("no instruction starts where it leads to"));
      slots[index] = slot;
    });
    long[] registers = new long[Translation.FIRST_CONSTANT + constants.size()];
    constants.forEach((value, place) -> registers[place] = value);
    return new Translation(
        program, all, slots, indices, registers, rare.toArray(Rare[]::new), addresses);
  }

  private long translate(int slot, Instruction instruction) {
    return switch (instruction) {
      case Binary(ArithmeticOperator operator, Width width, Register destination, Operand source) ->
        withOperand(instruction, opcode(operator, width), destination, source, 0);
      case Negate(Width width, Register destination) ->
        operation(width == Width.W64 ? Opcode.NEGATE64 : Opcode.NEGATE32, destination, 0, 0);
      case ByteSwap swap -> byteSwap(swap);
      case LoadImmediate(Register destination, WideImmediate immediate) ->
        loadImmediate(slot, destination, immediate);
      case Load(
          Register destination,
          Register base,
          short offset,
          AccessSize size,
          boolean signed) ->
        littleEndian
            ? operation(signed ? signedLoad(size) : load(size), destination, base.number(), offset)
            : plain(instruction);
      case Store(Register base, short offset, AccessSize size, Operand source) ->
        littleEndian
            ? withOperand(instruction, store(size), base, source, offset)
            : plain(instruction);
      case Jump(int offset, boolean _) ->
        operation(Opcode.JUMP, Register.R0, 0, target(slot, (long) slot + 1 + offset));
      case ConditionalJump(
          Comparison comparison,
          Width width,
          Register left,
          Operand right,
          short offset) ->
        withOperand(
            instruction,
            opcode(comparison, width),
            left,
            right,
            target(slot, (long) slot + 1 + offset));
      case CallHelper(int helper) -> rare(linker.helper(slot, helper));
      case CallBtf(int id, short _) -> rare(linker.kernelFunction(slot, id));
      case CallLocal(int offset) ->
        linker.externalFunction(slot).isPresent()
            ? rare(linker.externalFunction(slot).get())
            : operation(Opcode.ENTER, Register.R0, 0, target(slot, (long) slot + 1 + offset));
      case Exit() -> operation(Opcode.EXIT, Register.R0, 0, 0);
      case AddressSpaceCast(Register destination, Register source, int _, int _) ->
        operation(Opcode.MOV64, destination, source.number(), 0);
      case MayGoto(short offset) ->
        rare(new Rare.Plain(instruction, target(slot, (long) slot + 1 + offset)));
      case Atomic _, CallRegister _, LoadPacketAbsolute _, LoadPacketIndirect _ ->
        plain(instruction);
    };
  }

  private static long operation(int opcode, Register destination, int source, int value) {
    return Translation.operation(opcode, destination.number(), source, value);
  }

  private long withOperand(
      Instruction instruction, int opcode, Register destination, Operand source, int value) {
    return switch (source) {
      case Operand.OfRegister(Register register) ->
        operation(opcode, destination, register.number(), value);
      case Operand.OfImmediate(int immediate) -> {
        int place = place(immediate);
        // A rare conditional jump needs its target, everything else none.
        yield place < 0
            ? rare(new Rare.Plain(instruction, value))
            : operation(opcode, destination, place, value);
      }
    };
  }

  /** Where in the register file a constant is, or -1 if there is no place left. */
  private int place(long constant) {
    Integer place = constants.get(constant);
    if (place != null) {
      return place;
    }
    int next = Translation.FIRST_CONSTANT + constants.size();
    if (next >= Translation.PLACES) {
      return -1;
    }
    constants.put(constant, next);
    return next;
  }

  private long plain(Instruction instruction) {
    return rare(new Rare.Plain(instruction, 0));
  }

  private long rare(Rare operation) {
    rare.add(operation);
    return operation(Opcode.RARE, Register.R0, 0, rare.size() - 1);
  }

  private long loadImmediate(int slot, Register destination, WideImmediate immediate) {
    return switch (linker.immediate(slot, immediate, addresses)) {
      case Linker.Meaning.Nothing(String reason) ->
        rare(new Rare.Refused(Cause.UNSUPPORTED, reason));
      case Linker.Meaning.Value(long value) -> {
        int place = place(value);
        yield place < 0
            ? rare(new Rare.Constant(destination.number(), value))
            : operation(Opcode.MOV64, destination, place, 0);
      }
    };
  }

  private long byteSwap(ByteSwap swap) {
    Register destination = swap.destination();
    // What a conversion to the machine's own order leaves is the low bits.
    boolean swaps =
        switch (swap.conversion()) {
          case TO_LITTLE_ENDIAN -> !littleEndian;
          case TO_BIG_ENDIAN -> littleEndian;
          case SWAP -> true;
        };
    return switch (swap.bits()) {
      case 16 -> swaps ? operation(Opcode.SWAP16, destination, 0, 0) : plain(swap);
      case 32 ->
        swaps
            ? operation(Opcode.SWAP32, destination, 0, 0)
            : operation(Opcode.MOV32, destination, destination.number(), 0);
      case 64 ->
        swaps
            ? operation(Opcode.SWAP64, destination, 0, 0)
            : operation(Opcode.MOV64, destination, destination.number(), 0);
      default ->
        rare(new Rare.Refused(
            Cause.UNSUPPORTED, "there is no byte swap of " + swap.bits() + " bits"));
    };
  }

  /** The operation that a jump or call from {@code slot} to {@code target} leads to. */
  private int target(int slot, long target) {
    boolean starts = target >= 0 && target < indices.length && indices[(int) target] >= 0;
    return starts
        ? indices[(int) target]
        : traps.computeIfAbsent(slot, any -> instructions + 1 + traps.size());
  }

  private static int opcode(ArithmeticOperator operator, Width width) {
    boolean wide = width == Width.W64;
    return switch (operator) {
      case ADD -> wide ? Opcode.ADD64 : Opcode.ADD32;
      case SUB -> wide ? Opcode.SUB64 : Opcode.SUB32;
      case MUL -> wide ? Opcode.MUL64 : Opcode.MUL32;
      case DIV -> wide ? Opcode.DIV64 : Opcode.DIV32;
      case SDIV -> wide ? Opcode.SDIV64 : Opcode.SDIV32;
      case MOD -> wide ? Opcode.MOD64 : Opcode.MOD32;
      case SMOD -> wide ? Opcode.SMOD64 : Opcode.SMOD32;
      case OR -> wide ? Opcode.OR64 : Opcode.OR32;
      case AND -> wide ? Opcode.AND64 : Opcode.AND32;
      case XOR -> wide ? Opcode.XOR64 : Opcode.XOR32;
      case LSH -> wide ? Opcode.LSH64 : Opcode.LSH32;
      case RSH -> wide ? Opcode.RSH64 : Opcode.RSH32;
      case ARSH -> wide ? Opcode.ARSH64 : Opcode.ARSH32;
      case MOV -> wide ? Opcode.MOV64 : Opcode.MOV32;
      case MOVSX8 -> wide ? Opcode.MOVSX8_64 : Opcode.MOVSX8_32;
      case MOVSX16 -> wide ? Opcode.MOVSX16_64 : Opcode.MOVSX16_32;
      case MOVSX32 -> wide ? Opcode.MOVSX32_64 : Opcode.MOV32;
    };
  }

  private static int opcode(Comparison comparison, Width width) {
    boolean wide = width == Width.W64;
    return switch (comparison) {
      case EQ -> wide ? Opcode.EQ64 : Opcode.EQ32;
      case NE -> wide ? Opcode.NE64 : Opcode.NE32;
      case SET -> wide ? Opcode.SET64 : Opcode.SET32;
      case NOT_SET -> throw new IllegalArgumentException("no instruction has this comparison");
      case GT -> wide ? Opcode.GT64 : Opcode.GT32;
      case GE -> wide ? Opcode.GE64 : Opcode.GE32;
      case LT -> wide ? Opcode.LT64 : Opcode.LT32;
      case LE -> wide ? Opcode.LE64 : Opcode.LE32;
      case SGT -> wide ? Opcode.SGT64 : Opcode.SGT32;
      case SGE -> wide ? Opcode.SGE64 : Opcode.SGE32;
      case SLT -> wide ? Opcode.SLT64 : Opcode.SLT32;
      case SLE -> wide ? Opcode.SLE64 : Opcode.SLE32;
    };
  }

  private static int load(AccessSize size) {
    return switch (size) {
      case BYTE -> Opcode.LOAD8;
      case HALF -> Opcode.LOAD16;
      case WORD -> Opcode.LOAD32;
      case DOUBLE -> Opcode.LOAD64;
    };
  }

  private static int signedLoad(AccessSize size) {
    return switch (size) {
      case BYTE -> Opcode.LOAD_SIGNED8;
      case HALF -> Opcode.LOAD_SIGNED16;
      case WORD -> Opcode.LOAD_SIGNED32;
      case DOUBLE -> Opcode.LOAD64;
    };
  }

  private static int store(AccessSize size) {
    return switch (size) {
      case BYTE -> Opcode.STORE8;
      case HALF -> Opcode.STORE16;
      case WORD -> Opcode.STORE32;
      case DOUBLE -> Opcode.STORE64;
    };
  }
}
