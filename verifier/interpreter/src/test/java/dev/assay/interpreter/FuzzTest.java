package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.memory.Placement;
import dev.assay.isa.AccessSize;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.AtomicOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate;
import dev.assay.isa.Width;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.MapDefinition;
import dev.assay.platform.FunctionContract;
import dev.assay.platform.ProgramKind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the code, a run ends within its limit, as an outcome. */
class FuzzTest {
  private static final int LIMIT = 20_000;

  private static final List<MapDefinition> MAPS = List.of(
      MapDefinition.of("hash", 1, 4, 8, 4),
      MapDefinition.of("array", 2, 4, 16, 4),
      MapDefinition.of("ring", 27, 0, 0, 4096),
      MapDefinition.of("programs", 3, 4, 4, 4),
      MapDefinition.of("trie", 11, 8, 8, 4),
      MapDefinition.of("outer", 12, 4, 4, 4).withInnerMap(1),
      MapDefinition.of("queue", 22, 0, 8, 4),
      MapDefinition.of("huge", 2, 4, -1, -1));

  @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
  void anyCodeEndsAsAnOutcome(@ForAll long seed) {
    Random random = new Random(seed);
    BpfProgram program = BpfProgram.of(".text", "fuzz", code(random));
    ByteOrder order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    BpfObject object =
        new BpfObject(order, List.of(program), List.of(), MAPS, "GPL", Optional.empty());
    Outcome first = run(object, program, seed, false);
    assertTrue(first.instructions() <= LIMIT);
    assertEquals(first, run(object, program, seed, false), "a run depends on its seed alone");
    assertEquals(first, run(object, program, seed, true), "an observer changes nothing");
  }

  private static Outcome run(BpfObject object, BpfProgram program, long seed, boolean observed) {
    Random random = new Random(seed + 1);
    Machine.Builder builder = Machine.builder(Programs.LINUX, object, program)
        .seed(seed)
        .garbage(random.nextBoolean())
        .placement(random.nextBoolean() ? Placement.HOSTILE : Placement.SPREAD)
        .packet(new byte[random.nextInt(100)])
        .memoryLimit(1 << 20)
        .instructionLimit(LIMIT);
    List<ProgramKind> kinds = Programs.LINUX.programKinds();
    if (random.nextBoolean()) {
      builder.kind(kinds.get(random.nextInt(kinds.size())));
    } else {
      builder.context(new byte[random.nextInt(64)]);
    }
    if (observed) {
      builder.observer((function, slot, depth, registers) -> {});
    }
    Machine machine = builder.build();
    machine.maps().get("programs").putProgram(1, program);
    machine.maps().get("outer").putMap(new byte[4], machine.maps().get("array"));
    return machine.run();
  }

  private static Code code(Random random) {
    int length = 1 + random.nextInt(40);
    List<Instruction> instructions = new ArrayList<>();
    for (int index = 0; index < length; index++) {
      instructions.add(instruction(random));
    }
    return Code.of(instructions);
  }

  /** Mostly sensible, so that runs get somewhere: small numbers, short jumps, bases that are likely pointers. */
  private static Instruction instruction(Random random) {
    Register destination = register(random);
    Width width = pick(random, Width.values());
    AccessSize size = pick(random, AccessSize.values());
    Register base = random.nextBoolean() ? Register.R10 : register(random);
    short offset = (short) (random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(80) - 72);
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3 ->
        new Instruction.Binary(
            pick(random, ArithmeticOperator.values()), width, destination, operand(random));
      case 4 -> new Instruction.Negate(width, destination);
      case 5 ->
        new Instruction.ByteSwap(
            pick(random, ByteOrderConversion.values()), 16 << random.nextInt(3), destination);
      case 6, 7 -> new Instruction.LoadImmediate(destination, wideImmediate(random));
      case 8, 9 -> new Instruction.Load(destination, base, offset, size, random.nextBoolean());
      case 10, 11 -> new Instruction.Store(base, offset, size, operand(random));
      case 12 ->
        new Instruction.Atomic(
            pick(random, AtomicOperator.values()),
            random.nextBoolean(),
            width,
            base,
            offset,
            register(random));
      case 13 ->
        random.nextBoolean()
            ? new Instruction.LoadPacketAbsolute(size, random.nextInt(120))
            : new Instruction.LoadPacketIndirect(size, register(random), random.nextInt(60));
      case 14 -> new Instruction.Jump(jump(random), random.nextBoolean());
      case 15, 16 -> conditionalJump(random, width);
      case 17 -> new Instruction.CallHelper(helper(random));
      case 18 -> call(random);
      default ->
        random.nextInt(4) == 0
            ? new Instruction.Exit()
            : new Instruction.MayGoto((short) jump(random));
    };
  }

  private static Instruction conditionalJump(Random random, Width width) {
    Comparison comparison = pick(random, Comparison.values());
    Comparison encodable = comparison == Comparison.NOT_SET ? Comparison.SET : comparison;
    return new Instruction.ConditionalJump(
        encodable, width, register(random), operand(random), (short) jump(random));
  }

  private static Instruction call(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> new Instruction.CallLocal(jump(random));
      case 1 -> new Instruction.CallRegister(register(random));
      default -> new Instruction.CallBtf(random.nextInt(), (short) 0);
    };
  }

  private static int helper(Random random) {
    List<FunctionContract> helpers = Programs.LINUX.helpers();
    return random.nextInt(8) == 0
        ? random.nextInt()
        : helpers.get(random.nextInt(helpers.size())).id();
  }

  private static int jump(Random random) {
    return random.nextInt(16) == 0 ? random.nextInt() : random.nextInt(12) - 4;
  }

  private static WideImmediate wideImmediate(Random random) {
    return switch (random.nextInt(7)) {
      case 0, 1, 2 -> new WideImmediate.MapByIndex(random.nextInt(MAPS.size() + 1));
      case 3 ->
        new WideImmediate.MapValueByIndex(random.nextInt(MAPS.size() + 1), random.nextInt(20));
      case 4 -> new WideImmediate.CodeAddress(jump(random));
      case 5 -> new WideImmediate.VariableAddress(random.nextInt());
      default -> new WideImmediate.Constant(random.nextLong());
    };
  }

  private static Operand operand(Random random) {
    if (random.nextBoolean()) {
      return Operand.of(register(random));
    }
    return Operand.of(random.nextInt(6) == 0 ? random.nextInt() : random.nextInt(40) - 20);
  }

  private static Register register(Random random) {
    return Register.of(random.nextInt(Register.COUNT));
  }

  private static <T> T pick(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatIsOutsideTheRegionsIsUntouched(@ForAll long seed) {
    // Stores anywhere near the context: bytes change within it or not at all, and a refused store
    // changes nothing.
    Random random = new Random(seed);
    int size = 1 + random.nextInt(16);
    int offset = random.nextInt(40) - 12;
    AccessSize access = pick(random, AccessSize.values());
    Code code = Code.of(List.of(
        new Instruction.Store(Register.R1, (short) offset, access, Operand.of(-1)),
        new Instruction.Exit()));
    BpfProgram program = BpfProgram.of(".text", "store", code);
    Machine machine = Machine.builder(Programs.LINUX, BpfObject.of(program, List.of()), program)
        .context(new byte[size])
        .seed(seed)
        .build();
    boolean inside = offset >= 0 && offset + access.bytes() <= size;
    assertEquals(inside, machine.run() instanceof Outcome.Returned);
    byte[] expected = new byte[size];
    for (int index = 0; inside && index < access.bytes(); index++) {
      expected[offset + index] = -1;
    }
    assertArrayEquals(expected, machine.context());
  }
}
