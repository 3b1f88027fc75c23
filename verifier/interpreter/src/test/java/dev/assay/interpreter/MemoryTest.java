package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.memory.Access;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryTest {
  private static final byte[] BYTES = {
    (byte) 0x81,
    (byte) 0x82,
    (byte) 0x83,
    (byte) 0x84,
    (byte) 0x85,
    (byte) 0x86,
    (byte) 0x87,
    (byte) 0x88,
    1
  };

  private static long loaded(ByteOrder order, String type) {
    BpfProgram program = Programs.program("r0 = *(" + type + " *)(r1 + 0)\nexit");
    BpfObject object =
        new BpfObject(order, List.of(program), List.of(), List.of(), "GPL", Optional.empty());
    return Programs.value(
        Machine.builder(Programs.LINUX, object, program).context(BYTES).build());
  }

  @ParameterizedTest
  @CsvSource({
    "u8, 81, 81",
    "u16, 8281, 8182",
    "u32, 84838281, 81828384",
    "u64, 8887868584838281, 8182838485868788",
    "s8, ffffffffffffff81, ffffffffffffff81",
    "s16, ffffffffffff8281, ffffffffffff8182",
    "s32, ffffffff84838281, ffffffff81828384"
  })
  void loadsFollowTheByteOrderAndTheSign(String type, String little, String big) {
    assertEquals(little, Long.toHexString(loaded(ByteOrder.LITTLE_ENDIAN, type)));
    assertEquals(big, Long.toHexString(loaded(ByteOrder.BIG_ENDIAN, type)));
  }

  @ParameterizedTest
  @CsvSource({"u8, 1", "u16, 2", "u32, 4", "u64, 8"})
  void storesWriteTheLowBytesAndNoOthers(String type, int size) {
    Machine machine =
        Programs.machine("""
            r2 = 0x0807060504030201 ll
            *(%s *)(r1 + 3) = r2
            r0 = 0
            exit
            """.formatted(type)).context(new byte[16]).build();
    Programs.value(machine);
    byte[] expected = new byte[16];
    for (int index = 0; index < size; index++) {
      expected[3 + index] = (byte) (1 + index);
    }
    assertArrayEquals(expected, machine.context());
  }

  @Test
  void storesInABigEndianMachinePutTheHighestByteFirst() {
    BpfProgram program = Programs.program("*(u32 *)(r1 + 0) = 0x01020304\nr0 = 0\nexit");
    BpfObject object = new BpfObject(
        ByteOrder.BIG_ENDIAN, List.of(program), List.of(), List.of(), "GPL", Optional.empty());
    Machine machine =
        Machine.builder(Programs.LINUX, object, program).context(new byte[4]).build();
    Programs.value(machine);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, machine.context());
  }

  @ParameterizedTest
  @ValueSource(strings = {"u8", "u16", "u32", "u64"})
  void aLoadThatEndsOneByteTooLateFaults(String type) {
    int size = Integer.parseInt(type.substring(1)) / 8;
    String program = "r0 = *(%s *)(r1 + %d)\nexit";
    assertEquals(0, Programs.value(context(program.formatted(type, 16 - size))));
    Fault fault = Programs.fault(context(program.formatted(type, 17 - size)));
    assertEquals(Cause.MEMORY, fault.cause());
    assertEquals(0, fault.slot());
    assertEquals(Access.Mode.READ, fault.access().orElseThrow().mode());
    assertEquals(size, fault.access().orElseThrow().size());
  }

  private static Machine context(String assembly) {
    return Programs.machine(assembly).context(new byte[16]).build();
  }

  @Test
  void aFaultNamesAccessAndRegion() {
    Fault over = Programs.fault(context("r0 = 0\n*(u64 *)(r1 + 12) = r0\nexit"));
    assertEquals(1, over.slot());
    assertTrue(
        over.message()
            .matches("write of 8 bytes at 0x[0-9a-f]+ runs 4 bytes past the end of context \\(.*16"
                + " bytes\\)"),
        over.message());

    Fault before = Programs.fault(context("r0 = *(u8 *)(r1 - 3)\nexit"));
    assertTrue(
        before.message().contains("is in no region: 3 bytes before context"), before.message());

    Fault after = Programs.fault(context("r0 = *(u8 *)(r1 + 20)\nexit"));
    assertTrue(
        after.message().contains("is in no region: 4 bytes past the end of context"),
        after.message());
  }

  @Test
  void nullIsInNoRegion() {
    Fault fault = Programs.fault("r1 = 0\nr0 = *(u64 *)(r1 + 0)\nexit");
    assertTrue(
        fault.message().startsWith("read of 8 bytes at 0x0 is in no region"), fault.message());
  }

  @Test
  void anAccessThatWrapsAroundTheAddressSpaceFaults() {
    assertEquals(
        Cause.MEMORY, Programs.fault("r1 = -4\nr0 = *(u64 *)(r1 + 0)\nexit").cause());
    assertEquals(
        Cause.MEMORY, Programs.fault("r1 = -4\n*(u64 *)(r1 + 2) = r0\nexit").cause());
  }

  @Test
  void theStackIsAccessibleBelowR10Only() {
    assertEquals(7, Programs.value("*(u64 *)(r10 - 512) = 7\nr0 = *(u64 *)(r10 - 512)\nexit"));
    assertEquals(Cause.MEMORY, Programs.fault("*(u8 *)(r10 - 513) = 7\nexit").cause());
    assertEquals(Cause.MEMORY, Programs.fault("*(u8 *)(r10 + 0) = 7\nexit").cause());
  }

  @Test
  void theStackSizeIsAnOption() {
    String program = "*(u64 *)(r10 - 1024) = 7\nr0 = 0\nexit";
    assertEquals(0, Programs.value(Programs.machine(program).stackSize(1024).build()));
    assertEquals(
        Cause.MEMORY,
        Programs.fault(Programs.machine(program).stackSize(1016).build()).cause());
  }

  @Test
  void registersAndStackStartAsZeroOrAsSeededGarbage() {
    String program = "r0 = r7\nr1 = *(u64 *)(r10 - 64)\nr0 ^= r1\nexit";
    assertEquals(0, Programs.value(program));
    long garbage =
        Programs.value(Programs.machine(program).garbage(true).seed(1).build());
    long same = Programs.value(Programs.machine(program).garbage(true).seed(1).build());
    long other = Programs.value(Programs.machine(program).garbage(true).seed(2).build());
    assertEquals(garbage, same);
    assertTrue(garbage != other && garbage != 0);
  }

  @Test
  void oneBaseRegisterMayMoveBetweenRegions() {
    String program = """
          r6 = r1
          r2 = 100
        again:
          r3 = r6
          *(u8 *)(r3 + 0) = r2
          r3 = r10
          *(u8 *)(r3 - 1) = r2
          r4 = *(u8 *)(r3 - 1)
          r3 = r6
          r5 = *(u8 *)(r3 + 0)
          if r4 != r5 goto fail
          r2 -= 1
          if r2 != 0 goto again
          r0 = 0
          exit
        fail:
          r0 = 1
          exit
        """;
    assertEquals(0, Programs.value(context(program)));
  }

  @ParameterizedTest
  @CsvSource({
    "lock *(u64 *)(r10 - 8) += r1, 13, 3",
    "lock *(u64 *)(r10 - 8) |= r1, 11, 3",
    "lock *(u64 *)(r10 - 8) &= r1, 2, 3",
    "lock *(u64 *)(r10 - 8) ^= r1, 9, 3",
  })
  void atomicsWithoutFetchLeaveTheSource(String instruction, long memory, long source) {
    String program = "*(u64 *)(r10 - 8) = 10\nr1 = 3\n" + instruction + "\n";
    assertEquals(memory, Programs.value(program + "r0 = *(u64 *)(r10 - 8)\nexit"));
    assertEquals(source, Programs.value(program + "r0 = r1\nexit"));
  }

  @Test
  void atomicsWithFetchReturnTheOldValue() {
    String program =
        "*(u64 *)(r10 - 8) = 10\nr1 = 3\nr1 = atomic_fetch_add((u64 *)(r10 - 8), r1)\n";
    assertEquals(13, Programs.value(program + "r0 = *(u64 *)(r10 - 8)\nexit"));
    assertEquals(10, Programs.value(program + "r0 = r1\nexit"));
  }

  @ParameterizedTest
  @CsvSource({
    "lock *(u64 *)(r10 - 16) += r1, true",
    "lock *(u64 *)(r10 - 12) += r1, false",
    "lock *(u32 *)(r10 - 12) += w1, true",
    "lock *(u32 *)(r10 - 14) += w1, false",
  })
  void atomicsAreAligned(String atomic, boolean aligned) {
    String program = "r0 = 7\nr1 = 1\n" + atomic + "\nexit\n";
    if (aligned) {
      assertEquals(7, Programs.value(program));
    } else {
      Fault fault = Programs.fault(program);
      assertEquals(Access.Mode.WRITE, fault.access().orElseThrow().mode());
      assertEquals(2, fault.slot());
    }
  }

  @Test
  void atomicsAreCheckedAsWrites() {
    Fault fault = Programs.fault("r1 = 1\nlock *(u64 *)(r10 + 0) += r1\nexit");
    assertEquals(Access.Mode.WRITE, fault.access().orElseThrow().mode());
    assertEquals(1, fault.slot());
  }
}
