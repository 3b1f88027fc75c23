package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.assay.isa.Arithmetic;
import dev.assay.isa.ArithmeticOperator;
import dev.assay.isa.ByteOrderConversion;
import dev.assay.isa.Code;
import dev.assay.isa.Comparison;
import dev.assay.isa.Instruction;
import dev.assay.isa.Instruction.Binary;
import dev.assay.isa.Instruction.ByteSwap;
import dev.assay.isa.Instruction.ConditionalJump;
import dev.assay.isa.Instruction.LoadImmediate;
import dev.assay.isa.Instruction.Negate;
import dev.assay.isa.Operand;
import dev.assay.isa.Register;
import dev.assay.isa.WideImmediate.Constant;
import dev.assay.isa.Width;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The loop, which computes for itself, computes what {@link Arithmetic} says. */
class ArithmeticAgreementTest {

  @Provide
  Arbitrary<Long> values() {
    return Arbitraries.oneOf(
        Arbitraries.longs(),
        Arbitraries.longs().between(-70, 70),
        Arbitraries.of(
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            (long) Integer.MAX_VALUE,
            0x8000_0000L,
            0xffff_ffffL,
            0x1_0000_0000L,
            0xffff_ffff_8000_0000L));
  }

  private static long run(ByteOrder order, long left, long right, Instruction... instructions) {
    List<Instruction> all = new ArrayList<>();
    all.add(new LoadImmediate(Register.R0, new Constant(left)));
    all.add(new LoadImmediate(Register.R1, new Constant(right)));
    all.addAll(List.of(instructions));
    all.add(new Instruction.Exit());
    BpfProgram program = BpfProgram.of(".text", "test", Code.of(all));
    BpfObject object =
        new BpfObject(order, List.of(program), List.of(), List.of(), "GPL", Optional.empty());
    return Programs.value(Machine.builder(Programs.LINUX, object, program).build());
  }

  private static long run(long left, long right, Instruction... instructions) {
    return run(ByteOrder.LITTLE_ENDIAN, left, right, instructions);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void operatorsWithARegister(
      @ForAll ArithmeticOperator operator,
      @ForAll Width width,
      @ForAll("values") long left,
      @ForAll("values") long right) {
    long result =
        run(left, right, new Binary(operator, width, Register.R0, Operand.of(Register.R1)));
    assertEquals(Arithmetic.compute(operator, width.bits(), left, right), result);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void operatorsWithAnImmediate(
      @ForAll ArithmeticOperator operator,
      @ForAll Width width,
      @ForAll("values") long left,
      @ForAll int right) {
    long result = run(left, 0, new Binary(operator, width, Register.R0, Operand.of(right)));
    assertEquals(Arithmetic.compute(operator, width.bits(), left, right), result);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void operatorsOnOneRegisterTwice(
      @ForAll ArithmeticOperator operator, @ForAll Width width, @ForAll("values") long value) {
    long result = run(value, 0, new Binary(operator, width, Register.R0, Operand.of(Register.R0)));
    assertEquals(Arithmetic.compute(operator, width.bits(), value, value), result);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void comparisonsWithARegister(
      @ForAll Comparison comparison,
      @ForAll Width width,
      @ForAll("values") long left,
      @ForAll("values") long right) {
    agrees(comparison, width, left, right, Operand.of(Register.R1));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void comparisonsWithAnImmediate(
      @ForAll Comparison comparison,
      @ForAll Width width,
      @ForAll("values") long left,
      @ForAll int right) {
    agrees(comparison, width, left, right, Operand.of(right));
  }

  private static void agrees(
      Comparison comparison, Width width, long left, long right, Operand operand) {
    if (comparison == Comparison.NOT_SET) {
      return;
    }
    long taken = run(
        left,
        right,
        new ConditionalJump(comparison, width, Register.R0, operand, (short) 2),
        new Binary(ArithmeticOperator.MOV, Width.W64, Register.R0, Operand.of(0)),
        new Instruction.Exit(),
        new Binary(ArithmeticOperator.MOV, Width.W64, Register.R0, Operand.of(1)));
    assertEquals(Arithmetic.compare(comparison, width.bits(), left, right), taken == 1);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void negation(@ForAll Width width, @ForAll("values") long value) {
    assertEquals(
        Arithmetic.negate(width.bits(), value), run(value, 0, new Negate(width, Register.R0)));
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void byteSwapsOnBothHosts(
      @ForAll ByteOrderConversion conversion,
      @ForAll boolean bigEndian,
      @ForAll("values") long value) {
    ByteOrder host = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    for (int bits : new int[] {16, 32, 64}) {
      long result = run(host, value, 0, new ByteSwap(conversion, bits, Register.R0));
      assertEquals(Arithmetic.byteSwap(conversion, bits, value, host), result);
    }
  }
}
