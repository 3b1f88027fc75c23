package dev.assay.cli;

import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Decoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instructions;
import dev.assay.isa.MalformedCodeException;
import dev.assay.isa.Operation;
import dev.assay.isa.RegistryRow;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import dev.assay.object.MalformedObjectException;
import dev.assay.object.MapDefinition;
import dev.assay.object.OpenMaps;
import dev.assay.object.Subprogram;
import dev.assay.platform.LinuxPlatform;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A program around one instruction of a row, whose r0 shows what the instruction did. It is entered with numbers in r0 to r3, of which r3
 * is what memory holds, and, where it needs one, with its context in r6.
 *
 * @param object holds the program alone
 * @param kind what the program is loaded as
 */
record RowProgram(BpfObject object, BpfProgram program, String kind) {
  /** What r0 shows in the end. */
  enum Shown {
    DESTINATION("r0 = r1"),
    SOURCE("r0 = r2"),
    R0(""),
    MEMORY("r0 = *(u64 *)(r10 - 16)");

    private final String assembly;

    Shown(String assembly) {
      this.assembly = assembly;
    }
  }

  /** The fields of an instruction that are operands; dst is r1 and src r2. */
  record Operands(int offset, int immediate, int nextImmediate) {}

  private static final String PLAIN = "syscall";
  private static final String WITH_LEGACY_PACKET_ACCESS = "socket_filter";
  private static final int PROCESSOR_ID = 8;

  /** The file descriptor at which programs that know maps by them find theirs. */
  private static final int DESCRIPTOR = 7;

  /** The operands with which the program of a row works: distances of jumps and the like are what they must be. */
  static Operands fitting(RegistryRow row, Operands any) {
    return switch (row.operation()) {
      case Operation.Jump _ -> new Operands(2, 2, 0);
      case Operation.ConditionalJump _ -> new Operands(2, any.immediate(), 0);
      case Operation.MayGoto _ -> new Operands(1, 0, 0);
      case Operation.CallHelper _ -> new Operands(0, PROCESSOR_ID, 0);
      case Operation.CallLocal _ -> new Operands(0, 1, 0);
      case Operation.CallBtf _ -> new Operands(0, 1, 0);
      case Operation.CallRegister(boolean inImmediate) -> new Operands(0, inImmediate ? 1 : 0, 0);
      case Operation.LoadImmediate(Operation.WideKind kind) ->
        switch (kind) {
          case CONSTANT -> any;
          case CODE_ADDRESS -> new Operands(0, 3, 0);
          case MAP_BY_INDEX -> new Operands(0, 0, 0);
          case MAP_VALUE_BY_INDEX -> new Operands(0, 0, 8);
          case MAP_BY_FD -> new Operands(0, DESCRIPTOR, 0);
          case MAP_VALUE_BY_FD -> new Operands(0, DESCRIPTOR, 8);
          case VARIABLE_ADDRESS -> new Operands(0, 1, 0);
        };
      case Operation.LoadPacketAbsolute _, Operation.LoadPacketIndirect _ ->
        new Operands(0, any.immediate() & 63, 0);
      case Operation.Load _, Operation.Store _, Operation.Atomic _ ->
        new Operands(any.offset() / 2, any.immediate(), 0);
      case Operation.Binary _,
          Operation.Negate _,
          Operation.ByteSwap _,
          Operation.SecondSlot _,
          Operation.Exit _,
          Operation.AddressSpaceCast _ -> any;
    };
  }

  /** The instruction of a row with these operands. */
  static Instruction instruction(RegistryRow row, Operands operands) throws MalformedCodeException {
    return Decoder.decodeAt(bytes(row, operands), 0, ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes of an instruction of a row. */
  static byte[] bytes(RegistryRow row, Operands operands) {
    return Instructions.sample(
        row, 1, 2, operands.offset(), operands.immediate(), operands.nextImmediate());
  }

  /** The program of a row's instruction with operands that fit. */
  static RowProgram of(RegistryRow row, Operands operands, Shown shown)
      throws MalformedCodeException {
    Instruction one = instruction(row, operands);
    int back = -16 - operands.offset();
    return switch (row.operation()) {
      case Operation.Binary _,
          Operation.Negate _,
          Operation.ByteSwap _,
          Operation.AddressSpaceCast _ -> plain("", one, shown.assembly + "\n exit");
      case Operation.SecondSlot _ -> throw new IllegalArgumentException("no instruction by itself");
      case Operation.Load _ ->
        plain(
            "*(u64 *)(r10 - 16) = r3\n r2 = r10\n r2 += " + back, one, shown.assembly + "\n exit");
      case Operation.Store _, Operation.Atomic _ ->
        plain(
            "*(u64 *)(r10 - 16) = r3\n r1 = r10\n r1 += " + back, one, shown.assembly + "\n exit");
      case Operation.Jump _, Operation.ConditionalJump _ ->
        plain("", one, "r0 = 0\n exit\n r0 = 1\n exit");
      case Operation.MayGoto _ -> plain("r0 = 7", one, "r0 = r1\n exit");
      case Operation.Exit _ -> plain("r0 = r1", one, "");
      case Operation.CallHelper _ -> plain("", one, "exit");
      case Operation.CallLocal _ -> withCallee("", one, "exit", "r0 = r1\n exit");
      case Operation.CallRegister _ ->
        withCallee("r1 = code_addr(+3) ll", one, "exit", "r0 = r2\n exit");
      case Operation.CallBtf _ -> external("r6 = r1", one, "bpf_rcu_read_lock", """
          call btf[1]
          r0 = r6
          exit
          """);
      case Operation.LoadPacketAbsolute _, Operation.LoadPacketIndirect _ ->
        of("", one, "exit", WITH_LEGACY_PACKET_ACCESS, List.of(), Map.of());
      case Operation.LoadImmediate(Operation.WideKind kind) ->
        switch (kind) {
          case CONSTANT -> plain("", one, "r0 = r1\n exit");
          case CODE_ADDRESS -> withCallee("", one, "callx r1\n exit", "r0 = r2\n exit");
          case VARIABLE_ADDRESS -> external("", one, "jiffies", """
              r0 = 0
              if r1 == 0 goto +1
              r0 = r2
              exit
              """);
          case MAP_BY_INDEX, MAP_BY_FD ->
            of("r6 = r3", one, """
                *(u32 *)(r10 - 4) = 0
                r2 = r10
                r2 += -4
                call map_lookup_elem
                if r0 != 0 goto +1
                exit
                *(u64 *)(r0 + 8) = r6
                r0 = *(u64 *)(r0 + 8)
                exit
                """, PLAIN, List.of(array()), Map.of());
          case MAP_VALUE_BY_INDEX, MAP_VALUE_BY_FD ->
            of("", one, """
                *(u64 *)(r1 + 0) = r3
                r0 = *(u64 *)(r1 + 0)
                exit
                """, PLAIN, List.of(array()), Map.of());
        };
    };
  }

  private static MapDefinition array() {
    return MapDefinition.of("array", 2, 4, 16, 1);
  }

  private static RowProgram plain(String before, Instruction one, String after) {
    return of(before, one, after, PLAIN, List.of(), Map.of());
  }

  /** A program in which slot numbers of external symbols count from the instruction. */
  private static RowProgram external(String before, Instruction one, String name, String after) {
    int slot = assemble(before).size();
    if (!(one instanceof Instruction.CallBtf)) {
      return of(
          before,
          one,
          after,
          PLAIN,
          List.of(),
          Map.of(slot, new ExternalSymbol(name, false, false, 0)));
    }
    return of(
        before,
        one,
        after,
        PLAIN,
        List.of(),
        Map.of(
            slot,
            new ExternalSymbol(name, true, false, 0),
            slot + 1,
            new ExternalSymbol("bpf_rcu_read_unlock", true, false, 0)));
  }

  private static RowProgram withCallee(
      String before, Instruction one, String after, String callee) {
    List<Instruction> instructions = new ArrayList<>(assemble(before).instructions());
    instructions.add(one);
    instructions.addAll(assemble(after).instructions());
    int entry = Code.of(instructions).size();
    instructions.addAll(assemble(callee).instructions());
    Code code = Code.of(instructions);
    List<Subprogram> functions = List.of(
        new Subprogram("main", 0, entry, true, 0),
        new Subprogram("callee", entry, code.size() - entry, false, 0));
    return program(code, functions, PLAIN, List.of(), Map.of());
  }

  private static RowProgram of(
      String before,
      Instruction one,
      String after,
      String kind,
      List<MapDefinition> maps,
      Map<Integer, ExternalSymbol> externals) {
    List<Instruction> instructions = new ArrayList<>(assemble(before).instructions());
    instructions.add(one);
    instructions.addAll(assemble(after).instructions());
    Code code = Code.of(instructions);
    return program(
        code, List.of(new Subprogram("main", 0, code.size(), true, 0)), kind, maps, externals);
  }

  private static RowProgram program(
      Code code,
      List<Subprogram> functions,
      String kind,
      List<MapDefinition> maps,
      Map<Integer, ExternalSymbol> externals) {
    BpfProgram program = new BpfProgram(
        "test", "main", code, functions, externals, Map.of(), Collections.emptyNavigableMap());
    try {
      BpfObject object = new OpenMaps(maps.isEmpty() ? Map.of() : Map.of(DESCRIPTOR, "array"))
          .in(BpfObject.of(program, maps));
      return new RowProgram(object, object.programs().getFirst(), kind);
    } catch (MalformedObjectException e) {
      throw new AssertionError(e);
    }
  }

  private static Code assemble(String assembly) {
    return Assembler.assemble(
        assembly,
        name -> LinuxPlatform.load()
            .helper(name)
            .map(helper -> OptionalInt.of(helper.id()))
            .orElse(OptionalInt.empty()));
  }
}
