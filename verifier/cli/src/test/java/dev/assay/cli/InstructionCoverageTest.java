package dev.assay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.cli.Coverage.Part;
import dev.assay.cli.Coverage.Result;
import dev.assay.cli.RowProgram.Operands;
import dev.assay.cli.RowProgram.Shown;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Outcome;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Assembler;
import dev.assay.isa.Code;
import dev.assay.isa.Decoder;
import dev.assay.isa.Disassembler;
import dev.assay.isa.Encoder;
import dev.assay.isa.Instruction;
import dev.assay.isa.InstructionRegistry;
import dev.assay.isa.Meaning;
import dev.assay.isa.Operand;
import dev.assay.isa.Operation;
import dev.assay.isa.Register;
import dev.assay.isa.RegistryRow;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.numeric.Scalar;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import dev.assay.object.Subprogram;
import dev.assay.platform.LinuxPlatform;
import dev.assay.platform.Platform;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each row of the registry, in all its parts: it is decoded, encoded, printed and read back; the interpreter computes what its text
 * says; and the verifier's semantics on sets of operands give a set that the interpreter's result lies in.
 *
 * <p>The table of coverage, which {@code assay isa --coverage} prints, and the page made of it are held against what these tests show.
 * {@code -Dassay.update} writes both anew.
 */
class InstructionCoverageTest {
  private static final boolean UPDATE = System.getProperty("assay.update") != null;
  private static final int SAMPLES = 60;
  private static final int PACKET_BYTES = 64;
  private static final Platform LINUX = LinuxPlatform.load();
  static final List<RegistryRow> ROWS = InstructionRegistry.standard().rows();

  @ParameterizedTest
  @FieldSource("ROWS")
  void everyPartOfARowIsCovered(RegistryRow row) throws Exception {
    Map<Part, Result> results = results(row);
    for (Part part : Part.values()) {
      assertNotEquals(
          Result.MISSING, results.getOrDefault(part, Result.MISSING), part + " of " + row.text());
    }
  }

  @Test
  void theTableOfCoverageSaysWhatTheTestsShow() throws Exception {
    Path table = root().resolve("verifier/cli/src/main/resources/dev/assay/cli/coverage.tsv");
    List<String> all = new ArrayList<>(
        Files.readAllLines(table).stream().filter(line -> line.startsWith("#")).toList());
    all.addAll(lines());
    if (UPDATE) {
      Files.write(table, all);
    }
    assertEquals(all, Files.readAllLines(table), "-Dassay.update writes it anew");
  }

  @Test
  void thePageOnConformanceIsUpToDate() throws Exception {
    Path page = root().resolve("docs/conformance.md");
    String text = new ConformancePage(Coverage.of(lines())).text();
    if (UPDATE) {
      Files.writeString(page, text);
    } else {
      assertEquals(text, Invocation.of("isa", "--coverage", "--markdown").out());
    }
    assertEquals(text, Files.readString(page), "-Dassay.update writes it anew");
  }

  private static List<String> lines() throws Exception {
    List<String> lines = new ArrayList<>();
    for (RegistryRow row : ROWS) {
      lines.add(Coverage.line(row, results(row)));
    }
    return lines;
  }

  @Test
  void aRowThatIsNotInTheTableIsMissing() {
    RegistryRow known = ROWS.getFirst();
    RegistryRow unknown = new RegistryRow(
        0xff,
        known.destination(),
        known.source(),
        known.offset(),
        known.immediate(),
        known.nextImmediate(),
        known.operation(),
        known.groups(),
        known.status(),
        known.cpu(),
        known.reference(),
        known.text());
    assertEquals(Result.MISSING, Coverage.read().result(unknown, Part.PROVED));
  }

  private static Path root() {
    return Path.of(Invocation.example("")).getParent();
  }

  /** What holds of a row; fails where a part does something wrong. */
  private static Map<Part, Result> results(RegistryRow row) throws Exception {
    Map<Part, Result> results = new EnumMap<>(Part.class);
    // The second slot is tested with the first one.
    RegistryRow tested = row.operation() instanceof Operation.SecondSlot ? constantLoad() : row;
    Random random = new Random(row.opcode() * 31L + row.text().hashCode());
    for (int sample = 0; sample < SAMPLES; sample++) {
      Operands any =
          new Operands(random.nextInt(-2000, 2000), (int) Numbers.next(random), random.nextInt());
      Operands operands = RowProgram.fitting(tested, any);
      Instruction instruction = checkText(tested, operands, results);
      for (Shown shown : shown(tested)) {
        merge(results, new Sample(tested, operands, instruction, shown, random).run());
      }
    }
    return results;
  }

  private static RegistryRow constantLoad() {
    return InstructionRegistry.standard()
        .row(new Instruction.LoadImmediate(Register.R0, new WideImmediate.Constant(0)))
        .orElseThrow();
  }

  private static void merge(Map<Part, Result> into, Map<Part, Result> results) {
    results.forEach((part, result) ->
        assertEquals(result, Optional.ofNullable(into.put(part, result)).orElse(result)));
  }

  private static Instruction checkText(
      RegistryRow row, Operands operands, Map<Part, Result> results) throws Exception {
    byte[] bytes = RowProgram.bytes(row, operands);
    Instruction instruction = RowProgram.instruction(row, operands);
    RegistryRow written = InstructionRegistry.standard().row(instruction).orElseThrow();
    if (row.operation().equals(new Operation.CallRegister(true))) {
      // Read, but written in the other form.
      assertEquals(new Operation.CallRegister(false), written.operation());
    } else {
      assertEquals(row, written);
      assertArrayEquals(bytes, Encoder.encode(instruction, ByteOrder.LITTLE_ENDIAN));
    }
    results.put(Part.DECODED, Result.COVERED);
    byte[] again = Encoder.encode(instruction, ByteOrder.LITTLE_ENDIAN);
    assertEquals(instruction, Decoder.decodeAt(again, 0, ByteOrder.LITTLE_ENDIAN));
    results.put(Part.ENCODED, Result.COVERED);
    String text = Disassembler.text(instruction);
    assertEquals(List.of(instruction), Assembler.assemble(text).instructions());
    results.put(Part.PRINTED, Result.COVERED);
    return instruction;
  }

  private static List<Shown> shown(RegistryRow row) {
    return switch (row.operation()) {
      case Operation.Store _ -> List.of(Shown.MEMORY);
      case Operation.Atomic _ -> List.of(Shown.MEMORY, Shown.SOURCE, Shown.R0);
      case Operation _ -> List.of(Shown.DESTINATION);
    };
  }

  /** One instruction on one choice of numbers. */
  private record Sample(
      RegistryRow row, Operands operands, Instruction instruction, Shown shown, Random random) {

    Map<Part, Result> run() throws Exception {
      RowProgram program = RowProgram.of(row, operands, shown);
      long[] inputs = inputs();
      Optional<Long> result = execute(program, inputs);
      List<Scalar> sets = new ArrayList<>();
      List<Scalar> constants = new ArrayList<>();
      for (long input : inputs) {
        sets.add(Numbers.setWith(input, random));
        constants.add(Scalar.constant(input));
      }
      AbstractRun broad = AbstractRun.of(program, sets);
      AbstractRun exact = AbstractRun.of(program, constants);
      Map<Part, Result> results = new EnumMap<>(Part.class);
      if (result.isEmpty()) {
        assertFalse(broad.messages().isEmpty(), "refused by the interpreter only: " + row.text());
        results.put(Part.EXECUTED, Result.REFUSED);
      } else {
        expected(inputs).ifPresent(value -> assertEquals(value, result.get(), this::toString));
        results.put(Part.EXECUTED, Result.COVERED);
        if (broad.messages().isEmpty()) {
          assertTrue(
              broad.mayGive(result.get()),
              () -> "%x not in %s: %s".formatted(result.get(), broad, this));
          assertTrue(
              exact.mayGive(result.get()),
              () -> "%x not in %s: %s".formatted(result.get(), exact, this));
          if (computes()) {
            assertEquals(List.of(Scalar.constant(result.get())), exact.results(), this::toString);
          }
        }
      }
      results.put(Part.PROVED, broad.messages().isEmpty() ? Result.COVERED : Result.REFUSED);
      return results;
    }

    private long[] inputs() {
      long memory = Numbers.next(random);
      long source = Numbers.next(random);
      if (row.operation() instanceof Operation.LoadPacketIndirect) {
        source = random.nextInt(PACKET_BYTES);
      }
      long destination = random.nextInt(8) == 0 ? source : Numbers.next(random);
      long r0 = random.nextBoolean() ? memory : Numbers.next(random);
      return new long[] {r0, destination, source, memory};
    }

    /** r0 in the end, or nothing if there is a fault. */
    private Optional<Long> execute(RowProgram program, long[] inputs) {
      Code body = program.program().code();
      List<Instruction> instructions = new ArrayList<>();
      instructions.add(new Instruction.Binary(
          ArithmeticOperator.MOV, Width.W64, Register.R6, Operand.of(Register.R1)));
      for (int r = 0; r < inputs.length; r++) {
        instructions.add(
            new Instruction.LoadImmediate(Register.of(r), new WideImmediate.Constant(inputs[r])));
      }
      int shift = Code.of(instructions).size();
      instructions.addAll(body.instructions());
      Map<Integer, ExternalSymbol> externals = new HashMap<>();
      program.program().externals().forEach((slot, symbol) -> externals.put(slot + shift, symbol));
      BpfProgram whole = new BpfProgram(
          "test",
          "main",
          Code.of(instructions),
          List.of(new Subprogram("main", 0, shift + body.size(), true, 0)),
          externals,
          Map.of(),
          program.program().sourceLines());
      Machine machine = Machine.builder(
              LINUX, BpfObject.of(whole, program.object().maps()), whole)
          .kind(LINUX.programKind(program.kind()).orElseThrow())
          .packet(packet())
          .build();
      Outcome outcome = machine.run();
      return outcome instanceof Outcome.Returned returned
          ? Optional.of(returned.value())
          : Optional.empty();
    }

    private static byte[] packet() {
      byte[] bytes = new byte[PACKET_BYTES];
      new Random(PACKET_BYTES).nextBytes(bytes);
      return bytes;
    }

    /** Whether the text is C on numbers. */
    private boolean computes() {
      return switch (row.operation()) {
        case Operation.Binary _, Operation.Negate _, Operation.ByteSwap _ -> true;
        case Operation.Load _, Operation.Store _, Operation.Atomic _ -> true;
        case Operation.Jump _, Operation.ConditionalJump _ -> true;
        case Operation.LoadImmediate(Operation.WideKind kind) ->
          kind == Operation.WideKind.CONSTANT;
        case Operation _ -> false;
      };
    }

    /** What r0 has to be; nothing where the instruction is refused. */
    private Optional<Long> expected(long[] inputs) {
      if (computes()) {
        return Optional.of(told(inputs));
      }
      return switch (row.operation()) {
        case Operation.LoadPacketAbsolute(var size) ->
          Optional.of(loaded(size.bytes(), operands.immediate()));
        case Operation.LoadPacketIndirect(var size) ->
          Optional.of(loaded(size.bytes(), operands.immediate() + inputs[2]));
        case Operation.CallHelper _ -> Optional.of(0L);
        case Operation.CallLocal _, Operation.CallBtf _, Operation.Exit _ -> Optional.of(inputs[1]);
        case Operation.CallRegister _ -> Optional.of(inputs[2]);
        case Operation.MayGoto _ -> Optional.of(inputs[1]);
        case Operation.AddressSpaceCast _ -> Optional.of(inputs[2]);
        case Operation.LoadImmediate(Operation.WideKind kind) ->
          switch (kind) {
            case CODE_ADDRESS, VARIABLE_ADDRESS -> Optional.of(inputs[2]);
            case MAP_BY_INDEX, MAP_VALUE_BY_INDEX, MAP_BY_FD, MAP_VALUE_BY_FD ->
              Optional.of(inputs[3]);
            case CONSTANT -> Optional.empty();
          };
        case Operation _ -> throw new AssertionError("computed: " + row.text());
      };
    }

    /** Legacy packet access is big-endian, and ends the program with 0 outside the packet. */
    private static long loaded(int bytes, long at) {
      if (at + bytes > PACKET_BYTES) {
        return 0;
      }
      ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);
      eight.put(Long.BYTES - bytes, packet(), (int) at, bytes);
      return eight.getLong(0);
    }

    /** What the row's text makes of the numbers. */
    private long told(long[] inputs) {
      Meaning.Machine machine = new Meaning.Machine();
      machine.r0 = inputs[0];
      machine.dst = inputs[1];
      machine.src = inputs[2];
      machine.memory = inputs[3];
      machine.imm = operands.immediate();
      machine.nextImm = operands.nextImmediate();
      machine.offset = operands.offset();
      Meaning.execute(row.text(), machine);
      return switch (row.operation()) {
        case Operation.Jump _, Operation.ConditionalJump _ -> machine.jumped ? 1 : 0;
        case Operation _ ->
          switch (shown) {
            case DESTINATION -> machine.dst;
            case SOURCE -> machine.src;
            case R0 -> machine.r0;
            case MEMORY -> machine.memory;
          };
      };
    }
  }

  /** Numbers, and sets of numbers. */
  private static final class Numbers {
    /** Any number, often one near 0 or near where 32 or 64 bits overflow. */
    static long next(Random random) {
      long small = random.nextInt(-3, 4);
      return switch (random.nextInt(6)) {
        case 0 -> small;
        case 1 -> (1L << 31) + small;
        case 2 -> (1L << 32) + small;
        case 3 -> Long.MIN_VALUE + small;
        case 4 -> random.nextInt();
        default -> random.nextLong();
      };
    }

    /** Any set with this number in it. */
    static Scalar setWith(long number, Random random) {
      Scalar set =
          switch (random.nextInt(5)) {
            case 0 -> Scalar.constant(number);
            case 1 -> Scalar.constant(number).join(Scalar.constant(next(random)));
            case 2 -> {
              long unknown = random.nextLong();
              unknown &= random.nextLong();
              yield Scalar.knownBits(number & ~unknown, unknown);
            }
            case 3 -> {
              long least = number - Math.min(number - Long.MIN_VALUE, random.nextInt(1 << 20));
              yield Scalar.signed(number > Long.MIN_VALUE + (1 << 20) ? least : number, number);
            }
            default -> Scalar.top();
          };
      assertTrue(set.contains(number));
      return set;
    }
  }
}
