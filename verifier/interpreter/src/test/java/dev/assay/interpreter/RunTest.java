package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.memory.Region;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.Code;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.Width;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunTest {
  private static final String ENDLESS = "again:\ngoto again\nexit";

  @Test
  void instructionsAreCountedTheLastOneIncluded() {
    assertEquals(3, Programs.machine("r0 = 1\nr0 += 1\nexit").build().run().instructions());
    assertEquals(
        1, Programs.machine("r0 = *(u8 *)(r10 + 0)\nexit").build().run().instructions());
    assertEquals(2, Programs.machine("r0 = 0\ngoto +9\nexit").build().run().instructions());
    assertEquals(
        3, Programs.machine("r0 = 0x100000000 ll\nr0 = 0\nexit").build().run().instructions());
    assertEquals(
        5,
        Programs.machine("call local f\nr0 = 0\nexit\nf:\nr0 = 1\nexit")
            .build()
            .run()
            .instructions());
  }

  @Test
  void theInstructionLimitIsExact() {
    String program = "r0 = 1\nr0 += 1\nexit";
    assertEquals(2, Programs.value(Programs.machine(program).instructionLimit(3).build()));
    Machine machine = Programs.machine(program).instructionLimit(2).build();
    Outcome outcome = machine.run();
    assertEquals(2, outcome.instructions());
    assertEquals(Cause.INSTRUCTION_LIMIT, ((Outcome.Faulted) outcome).fault().cause());
    assertEquals(2, ((Outcome.Faulted) outcome).fault().slot());
  }

  @Test
  void aProgramWithoutEndReachesTheLimit() {
    Outcome outcome =
        Programs.machine(ENDLESS).instructionLimit(1_000_001).build().run();
    assertEquals(1_000_001, outcome.instructions());
  }

  @Test
  void aRunCanBeInterrupted() {
    Thread.currentThread().interrupt();
    Fault fault = Programs.fault(
        Programs.machine(ENDLESS).instructionLimit(Long.MAX_VALUE).build());
    assertEquals(Cause.INTERRUPTED, fault.cause());
    assertTrue(Thread.interrupted(), "the interrupt stays for the caller to see");
  }

  @Test
  void aMachineRunsOnce() {
    Machine machine = Programs.machine("r0 = 0\nexit").build();
    machine.run();
    assertThrows(IllegalStateException.class, machine::run);
  }

  @Test
  void anObserverSeesEveryInstructionBeforeItRuns() {
    List<String> seen = new ArrayList<>();
    Machine machine = Programs.machine("""
          r0 = 7
          r1 = 0x100000000 ll
          call local f
          exit
        f:
          r0 += 1
          exit
        """)
        .observer((function, slot, depth, registers) ->
            seen.add(function + " " + slot + " " + depth + " " + registers.get(Register.R0)))
        .build();
    assertEquals(6, machine.run().instructions());
    assertEquals(
        List.of("test 0 0 0", "test 1 0 7", "test 3 0 7", "test 5 1 7", "test 6 1 8", "test 4 0 8"),
        seen);
  }

  @Test
  void anObserverCanTellWherePointersPoint() {
    List<Region.Role> roles = new ArrayList<>();
    Machine[] machine = new Machine[1];
    machine[0] = Programs.machine("r0 = 0\nexit")
        .context(new byte[8])
        .observer((function, slot, depth, registers) -> {
          roles.add(
              machine[0].regionAt(registers.get(Register.R1)).orElseThrow().role());
          roles.add(
              machine[0].regionAt(registers.get(Register.R10) - 1).orElseThrow().role());
        })
        .instructionLimit(1)
        .build();
    machine[0].run();
    assertEquals(List.of(Region.Role.CONTEXT, Region.Role.STACK_FRAME), roles);
  }

  @Test
  void everyMachineOfABuilderStartsAtTheSameTime() {
    Machine.Builder builder = Programs.machine("call ktime_get_ns\nexit");
    assertEquals(Programs.value(builder.build()), Programs.value(builder.build()));
  }

  @Test
  void observedAndUnobservedRunsEndAlike() {
    String program = """
          r1 = 1000
          r0 = 0
        again:
          r0 += r1
          r1 -= 1
          if r1 != 0 goto again
          exit
        """;
    Outcome plain = Programs.machine(program).build().run();
    assertEquals(
        plain,
        Programs.machine(program)
            .observer((function, slot, depth, registers) -> {})
            .build()
            .run());
    assertEquals(new Outcome.Returned(500_500, 3003), plain);
  }

  @Test
  void anEntryWithoutAKindGetsItsMemoryAndTheSize() {
    assertEquals(0, Programs.value("r0 = r1\nexit"));
    assertEquals(
        3, Programs.value(Programs.machine("r0 = r2\nexit").context(new byte[3]).build()));
  }

  @Test
  void builderRefusesWhatMakesNoSense() {
    Machine.Builder builder = Programs.machine("exit");
    assertThrows(IllegalArgumentException.class, () -> builder.stackSize(0));
    assertThrows(IllegalArgumentException.class, () -> builder.stackSize(12));
    assertThrows(IllegalArgumentException.class, () -> builder.callDepth(0));
    assertThrows(IllegalArgumentException.class, () -> builder.callDepth(1000));
    assertThrows(IllegalArgumentException.class, () -> builder.cpus(2, 2));
    assertThrows(IllegalArgumentException.class, () -> builder.instructionLimit(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.memoryLimit(100).build());
  }

  @Test
  void theLoopIsSmallEnoughForTheCompiler() throws IOException {
    int hotSpotLimit = 8000;
    try (InputStream bytes = Loop.class.getResourceAsStream("Loop.class")) {
      int length = ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
          .filter(method -> method.methodName().equalsString("run"))
          .map(method -> (CodeAttribute) method.code().orElseThrow())
          .mapToInt(CodeAttribute::codeLength)
          .max()
          .orElseThrow();
      assertTrue(length > 1000 && length < hotSpotLimit, () -> "Loop.run has " + length + " bytes");
    }
  }

  @Test
  void constantsBeyondTheRegisterFileStillWork() {
    int constants = Translation.PLACES + 10;
    List<Instruction> instructions = new ArrayList<>();
    for (int index = 0; index < constants; index++) {
      instructions.add(new Instruction.Binary(
          ArithmeticOperator.ADD, Width.W64, Register.R0, Operand.of(index)));
    }
    instructions.add(new Instruction.Exit());
    BpfProgram program = BpfProgram.of(".text", "test", Code.of(instructions));
    Machine machine = Machine.builder(Programs.LINUX, BpfObject.of(program, List.of()), program)
        .build();
    assertEquals((long) constants * (constants - 1) / 2, Programs.value(machine));
  }
}
