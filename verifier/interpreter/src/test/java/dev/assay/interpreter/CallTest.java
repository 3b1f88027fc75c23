package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.Width;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.ExternalSymbol;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTest {

  @Test
  void aCalleeGetsItsArgumentsAndKeepsItsCallersRegisters() {
    assertEquals(42, Programs.value("""
          r6 = 40
          r1 = 2
          call local double
          r0 += r6
          r0 -= 2
          exit
        double:
          r6 = 9
          r0 = r1
          r0 += r1
          exit
        """));
  }

  @Test
  void everyFrameHasItsOwnStack() {
    assertEquals(5, Programs.value("""
          *(u64 *)(r10 - 8) = 5
          call local other
          r0 = *(u64 *)(r10 - 8)
          exit
        other:
          *(u64 *)(r10 - 8) = 6
          exit
        """));
  }

  @Test
  void aCalleeMayAccessItsCallersFrame() {
    assertEquals(6, Programs.value("""
          r1 = r10
          call local other
          r0 = *(u64 *)(r10 - 8)
          exit
        other:
          *(u64 *)(r1 - 8) = 6
          exit
        """));
  }

  @Test
  void theFrameOfAFunctionThatHasReturnedIsOutOfReach() {
    Fault fault = Programs.fault("""
          call local other
          r0 = *(u64 *)(r0 - 8)
          exit
        other:
          r0 = r10
          exit
        """);
    assertEquals(Cause.MEMORY, fault.cause());
    assertTrue(fault.message().contains("stack frame 1"), fault.message());
  }

  @Test
  void aFrameThatIsUsedAgainStartsAfresh() {
    assertEquals(0, Programs.value("""
          call local writer
          call local reader
          exit
        writer:
          *(u64 *)(r10 - 8) = 6
          exit
        reader:
          r0 = *(u64 *)(r10 - 8)
          exit
        """));
  }

  private static final String RECURSION = """
        r1 = %d
        call local down
        exit
      down:
        r1 -= 1
        if r1 == 0 goto out
        call local down
      out:
        r0 = 0
        exit
      """;

  @Test
  void callsNestSoDeepAndNoDeeper() {
    assertEquals(0, Programs.value(RECURSION.formatted(7)));
    Fault fault = Programs.fault(RECURSION.formatted(8));
    assertEquals(Cause.CALL_DEPTH, fault.cause());
    assertEquals(5, fault.slot());
    assertEquals(
        0,
        Programs.value(Programs.machine(RECURSION.formatted(99)).callDepth(100).build()));
  }

  @Test
  void aRegisterCallGoesToTheCodeAddressThatItHolds() {
    assertEquals(3, Programs.value("""
          r2 = code_addr(three) ll
          callx r2
          exit
          r0 = 1
        three:
          r0 = 3
          exit
        """));
  }

  @Test
  void aRegisterCallMayNameAHelper() {
    assertEquals(0, Programs.value("r2 = 8\ncallx r2\nexit"));
    assertEquals(Cause.CONTROL, Programs.fault("r2 = 123456\ncallx r2\nexit").cause());
    assertEquals(Cause.CONTROL, Programs.fault("r2 = r10\ncallx r2\nexit").cause());
  }

  @Test
  void codeIsNoMemory() {
    Fault fault = Programs.fault("r2 = code_addr(here) ll\nhere:\nr0 = *(u64 *)(r2 + 0)\nexit");
    assertTrue(fault.message().contains("code of test"), fault.message());
  }

  @Test
  void aCalledFunctionLeavesNothingInTheArgumentRegisters() {
    long before = Programs.value("r1 = 5\nr0 = r1\nexit");
    long after = Programs.value("r1 = 5\ncall get_smp_processor_id\nr0 = r1\nexit");
    assertEquals(5, before);
    assertTrue(after != 5);
  }

  @Test
  void aFunctionWithoutAModelIsAFaultThatNamesIt() {
    Fault fault = Programs.fault("r0 = 0\ncall sysctl_get_name\nexit");
    assertEquals(Cause.HELPER, fault.cause());
    assertEquals(1, fault.slot());
    assertEquals("sysctl_get_name is not modelled by the interpreter", fault.message());
    assertEquals(
        "helper 123456 is not modelled by the interpreter",
        Programs.fault("call 123456\nexit").message());
  }

  private static Machine external(Code code, Map<Integer, String> names) {
    Map<Integer, ExternalSymbol> symbols = new HashMap<>();
    names.forEach((slot, name) -> symbols.put(slot, new ExternalSymbol(name, true, false, 0)));
    BpfProgram program = new BpfProgram(
        ".text", "test", code, List.of(), symbols, Map.of(), Collections.emptyNavigableMap());
    return Machine.builder(Programs.LINUX, BpfObject.of(program, List.of()), program)
        .build();
  }

  @Test
  void aFunctionOfTheCLibraryIsCalledByItsName() {
    Code code = Programs.program("""
        r1 = r10
        r1 += -8
        r2 = 0x5a
        r3 = 8
        call btf[0]
        r0 = *(u64 *)(r10 - 8)
        exit
        """).code();
    assertEquals(0x5a5a5a5a5a5a5a5aL, Programs.value(external(code, Map.of(4, "memset"))));
    assertEquals(
        "frobnicate is not modelled by the interpreter",
        Programs.fault(external(code, Map.of(4, "frobnicate"))).message());
  }

  @Test
  void aNumberIteratorGivesEachNumberOnce() {
    Code code = Programs.program("""
          r6 = 0
          r1 = r10
          r1 += -8
          r2 = 3
          r3 = 6
          call btf[0]
        next:
          r1 = r10
          r1 += -8
          call btf[0]
          if r0 == 0 goto out
          r1 = *(u32 *)(r0 + 0)
          r6 += r1
          goto next
        out:
          r0 = r6
          exit
        """).code();
    assertEquals(
        3 + 4 + 5,
        Programs.value(external(code, Map.of(5, "bpf_iter_num_new", 8, "bpf_iter_num_next"))));
  }

  @Test
  void mayGotoJumpsOnceItsBudgetIsSpent() {
    Machine machine = Programs.machine("""
          r0 = 0
        again:
          may_goto +2
          r0 += 1
          goto again
          exit
        """).instructionLimit(100_000_000).build();
    assertEquals(Programs.LINUX.limits().loopRounds(), Programs.value(machine));
  }

  @Test
  void anAddressSpaceCastIsAMove() {
    assertEquals(
        7,
        Programs.value(
            Programs.machine("r1 = 7\nr0 = addr_space_cast(r1, 0x0, 0x1)\nexit").build()));
  }

  @Test
  void badTargetsFaultWhenTheyAreReachedAndNotBefore() {
    assertEquals(
        1,
        value(new Instruction.ConditionalJump(
            Comparison.NE, Width.W64, Register.R0, Operand.of(0), (short) 99)));
    for (Instruction instruction : List.of(
        new Instruction.Jump(99, true),
        new Instruction.Jump(Integer.MIN_VALUE, true),
        new Instruction.Jump(Integer.MAX_VALUE, true),
        new Instruction.Jump(-2, false),
        new Instruction.CallLocal(-2),
        new Instruction.CallLocal(Integer.MAX_VALUE))) {
      Fault fault = Programs.fault(machine(instruction));
      assertEquals(Cause.CONTROL, fault.cause(), instruction::toString);
      assertEquals(2, fault.slot());
    }
  }

  @Test
  void codeThatRunsPastItsEndFaults() {
    assertEquals(Cause.CONTROL, Programs.fault("r0 = 1").cause());
    BpfProgram empty = BpfProgram.of(".text", "test", Code.of(List.of()));
    Machine machine =
        Machine.builder(Programs.LINUX, BpfObject.of(empty, List.of()), empty).build();
    assertEquals(Cause.CONTROL, Programs.fault(machine).cause());
  }

  private static long value(Instruction instruction) {
    return Programs.value(machine(instruction));
  }

  /** A 64-bit immediate in slots 0 and 1, the instruction in slot 2, {@code r0 = 1} and exit. */
  private static Machine machine(Instruction instruction) {
    Code rest = Programs.program("r0 = 1\nexit").code();
    List<Instruction> instructions = new ArrayList<>();
    instructions.add(new Instruction.LoadImmediate(Register.R0, new Constant(0)));
    instructions.add(instruction);
    instructions.addAll(rest.instructions());
    BpfProgram program = BpfProgram.of(".text", "test", Code.of(instructions));
    return Machine.builder(Programs.LINUX, BpfObject.of(program, List.of()), program)
        .build();
  }
}
