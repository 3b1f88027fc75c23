package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.memory.Placement;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContextTest {
  private static final byte[] PACKET =
      HexFormat.of().parseHex("0102030405060708090a0b0c0800450000");

  private static Machine.Builder machine(String kind, String assembly) {
    return Programs.machine(assembly).kind(Programs.kind(kind)).packet(PACKET);
  }

  @ParameterizedTest
  @EnumSource
  void a32BitFieldGivesAWholePacketPointer(Placement placement) {
    String program = """
          r2 = *(u32 *)(r1 + 0)
          r3 = *(u32 *)(r1 + 4)
          r4 = r2
          r4 += 14
          if r4 > r3 goto short
          r0 = *(u16 *)(r2 + 12)
          r0 = be16 r0
          exit
        short:
          r0 = 0
          exit
        """;
    for (long seed = 0; seed < 50; seed++) {
      assertEquals(
          0x0800,
          Programs.value(machine("xdp", program).placement(placement).seed(seed).build()));
    }
  }

  @Test
  void anAccessPastThePacketsEndFaults() {
    Fault fault = Programs.fault(
        machine("xdp", "r2 = *(u32 *)(r1 + 4)\nr0 = *(u8 *)(r2 + 0)\nexit").build());
    assertEquals(Cause.MEMORY, fault.cause());
    assertTrue(fault.message().contains("0 bytes past the end of packet"), fault.message());
  }

  @ParameterizedTest
  @CsvSource({"tc, 0, 17", "tc, 16, 8", "cgroup_skb/ingress, 16, 8", "tc, 40, 1", "tc, 8, 0"})
  void fieldsTellOfThePacket(String kind, int offset, long value) {
    assertEquals(
        value,
        Programs.value(
            machine(kind, "r0 = *(u32 *)(r1 + %d)\nexit".formatted(offset)).build()));
  }

  @Test
  void theLengthFollowsThePacket() {
    assertEquals(15, Programs.value(machine("tc", """
          r6 = r1
          r2 = 15
          r3 = 0
          call skb_change_tail
          r0 = *(u32 *)(r6 + 0)
          exit
        """).build()));
  }

  @Test
  void storesIntoTheContextAreSeen() {
    Machine machine =
        machine("tc", "*(u32 *)(r1 + 8) = 77\nr0 = *(u32 *)(r1 + 8)\nexit").build();
    assertEquals(77, Programs.value(machine));
    assertEquals(77, machine.context()[8]);
  }

  @Test
  void packetsThatAreReadOnlyForTheKindAreNotWritten() {
    String program = "r2 = *(u32 *)(r1 + 76)\n*(u8 *)(r2 + 0) = 0\nr0 = 0\nexit";
    assertEquals(0, Programs.value(machine("tc", program).build()));
    assertEquals(
        Cause.MEMORY, Programs.fault(machine("lwt_in", program).build()).cause());
  }

  @Test
  void aGivenContextIsTakenAsItIs() {
    Machine machine = Programs.machine("r0 = *(u64 *)(r1 + 112)\nexit")
        .kind(Programs.kind("kprobe"))
        .context(HexFormat.of().parseHex("00".repeat(112) + "0900000000000000"))
        .build();
    assertEquals(9, Programs.value(machine));
  }

  @ParameterizedTest
  @CsvSource({
    "r0 = *(u8 *)skb[12], 8",
    "r0 = *(u16 *)skb[12], 2048",
    "r0 = *(u32 *)skb[0], 16909060",
    "r7 = 12; r0 = *(u16 *)skb[r7], 2048",
    "r7 = 2; r0 = *(u8 *)skb[r7 + 3], 6",
    "r0 = *(u8 *)skb[-0x200000], 1",
    "r0 = *(u8 *)skb[-0x100000], 69",
  })
  void legacyLoadsReadThePacketInNetworkOrder(String load, long value) {
    assertEquals(
        value,
        Programs.value(machine("socket_filter", "r6 = r1\n" + load.replace("; ", "\n") + "\nexit")
            .build()));
  }

  @Test
  void aLegacyLoadOutsideThePacketEndsTheProgramWithZero() {
    assertEquals(
        0,
        Programs.value(machine("socket_filter", "r6 = r1\nr0 = *(u32 *)skb[15]\nr0 = 1\nexit")
            .build()));
    assertEquals(
        0,
        Programs.value(machine("socket_filter", "r6 = r1\nr0 = *(u8 *)skb[-1]\nr0 = 1\nexit")
            .build()));
  }
}
