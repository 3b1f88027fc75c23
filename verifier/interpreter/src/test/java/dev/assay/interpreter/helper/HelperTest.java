package dev.assay.interpreter.helper;

import static dev.assay.interpreter.Programs.fault;
import static dev.assay.interpreter.Programs.kind;
import static dev.assay.interpreter.Programs.machine;
import static dev.assay.interpreter.Programs.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault;
import dev.assay.interpreter.Machine;
import dev.assay.interpreter.Programs;
import dev.assay.interpreter.map.Errno;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.Bytes;
import dev.assay.object.MapDefinition;
import dev.assay.platform.FunctionContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelperTest {
  private static final String EXIT = "exit\n";

  private static byte[] packet(int size) {
    byte[] packet = new byte[size];
    for (int index = 0; index < size; index++) {
      packet[index] = (byte) (index + 1);
    }
    return packet;
  }

  private static MapDefinition map(String type, int keySize, int valueSize, int entries) {
    return MapDefinition.of(
        "m", Programs.LINUX.mapType(type).orElseThrow().number(), keySize, valueSize, entries);
  }

  /** Puts text, ended by 0, on the stack at r10-64, and its address into r1. */
  private static String text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    StringBuilder program = new StringBuilder();
    for (int index = 0; index <= bytes.length; index++) {
      program.append("*(u8 *)(r10 - %d) = %d%n"
          .formatted(64 - index, index < bytes.length ? bytes[index] : 0));
    }
    return program + "r1 = r10\nr1 += -64\n";
  }

  @Test
  void everyModelledNameIsAFunctionOfThePlatform() {
    for (String name : FunctionTable.names()) {
      boolean known = Programs.LINUX.helper(name).isPresent()
          || Programs.LINUX.kernelFunction(name).isPresent()
          || Programs.LINUX.libraryFunction(name).isPresent();
      assertTrue(known, name + " is not in the platform's tables");
    }
  }

  @Test
  void noFunctionLetsABadPointerThrough() {
    // Every helper gets numbers that lie in no region, and a context: it may refuse or fault,
    // nothing else.
    for (FunctionContract helper : Programs.LINUX.helpers()) {
      for (String arguments : List.of(
          "r1 = 1\nr2 = 2\nr3 = 3\nr4 = 4\nr5 = 5",
          "r2 = 0\nr3 = 0\nr4 = 0\nr5 = 0",
          "r2 = -1\nr3 = -1\nr4 = -1\nr5 = -1",
          "r1 = map_by_idx(0) ll\nr2 = r10\nr3 = 8\nr4 = 8\nr5 = 8",
          "r1 = r10\nr1 += -8\nr2 = 0x100000000 ll\nr3 = r1\nr4 = 1\nr5 = r1")) {
        String program = arguments + "\ncall " + helper.id() + "\nexit";
        machine(program, map("hash", 4, 8, 2))
            .kind(kind("xdp"))
            .packet(packet(20))
            .build()
            .run();
        machine(program, map("ringbuf", 0, 0, 4096))
            .kind(kind("tc"))
            .packet(packet(20))
            .build()
            .run();
      }
    }
  }

  @Test
  void theClockIsTheCallers() {
    assertEquals(17, value(machine("call ktime_get_ns\nexit").clock(() -> 17).build()));
    assertEquals(1, value(machine("call jiffies64\nexit").clock(() -> 4_000_000).build()));
    assertEquals(1_000, value("call ktime_get_ns\nr6 = r0\ncall ktime_get_ns\nr0 -= r6\nexit"));
  }

  @Test
  void randomNumbersFollowTheSeed() {
    String program = "call get_prandom_u32\nexit";
    long first = value(machine(program).seed(1).build());
    assertEquals(first, value(machine(program).seed(1).build()));
    assertNotEquals(first, value(machine(program).seed(2).build()));
    assertEquals(first, first & 0xffff_ffffL);
  }

  @Test
  void theCurrentCpuIsAnOption() {
    assertEquals(2, value(machine("call get_smp_processor_id\nexit").cpus(4, 2).build()));
  }

  @Test
  void theCommandIsCutToItsBuffer() {
    assertEquals('a' | 's' << 8, value("""
          *(u64 *)(r10 - 8) = -1
          r1 = r10
          r1 += -8
          r2 = 3
          call get_current_comm
          r0 = *(u32 *)(r10 - 8)
          r0 &= 0xffffff
          exit
        """));
  }

  @Test
  void tracesAreFormatted() {
    Machine machine = machine(text("a %d %u %x %lx %%")
            + "r2 = 18\nr3 = -1\nr4 = -1\nr5 = 255\ncall trace_printk\nexit")
        .build();
    value(machine);
    assertEquals(List.of("a -1 4294967295 ff 0 %"), machine.trace());
    Machine string = machine(
            text("%s|%5d|") + "r3 = r1\nr3 += 2\nr2 = 8\nr4 = 42\ncall trace_printk\nexit")
        .build();
    value(string);
    assertEquals(List.of("|%5d||   42|"), string.trace());
  }

  @Test
  void aProbeReadsWhatIsThereAndFailsElsewhere() {
    String probe = """
          *(u64 *)(r10 - 8) = 5
          *(u64 *)(r10 - 16) = 6
          r1 = r10
          r1 += -16
          r2 = 8
          r3 = %s
          call probe_read_kernel
          %s
          exit
        """;
    assertEquals(0, value(probe.formatted("r10\nr3 += -8", "")));
    assertEquals(5, value(probe.formatted("r10\nr3 += -8", "r0 = *(u64 *)(r10 - 16)")));
    assertEquals(Errno.EFAULT, value(probe.formatted("0", "")));
    assertEquals(
        0, value(probe.formatted("0", "r0 = *(u64 *)(r10 - 16)")), "the destination is cleared");
  }

  @Test
  void aProbesDestinationIsChecked() {
    Fault fault = fault("r1 = r10\nr2 = 8\nr3 = 0\ncall probe_read\nexit");
    assertEquals(Fault.Cause.MEMORY, fault.cause());
    assertTrue(fault.message().startsWith("call of probe_read: write of 8 bytes"), fault.message());
  }

  @Test
  void aProbedStringEndsWithItsZero() {
    String program =
        text("abc") + "r3 = r1\nr1 = r10\nr1 += -32\nr2 = %d\ncall probe_read_kernel_str\n%s\nexit";
    assertEquals(4, value(program.formatted(16, "")));
    assertEquals(
        'a' | 'b' << 8 | 'c' << 16, value(program.formatted(16, "r0 = *(u32 *)(r10 - 32)")));
    assertEquals(2, value(program.formatted(2, "")));
    assertEquals('a', value(program.formatted(2, "r0 = *(u32 *)(r10 - 32)")));
  }

  @Test
  void stringsAreComparedAndNumbersAreRead() {
    assertEquals(0, value(text("abc") + "r3 = r1\nr2 = 4\ncall strncmp\nexit"));
    assertEquals(2, value(text("42") + "r2 = 2\nr3 = 0\nr4 = r10\nr4 += -8\ncall strtol\nexit"));
    assertEquals(
        -42,
        value(text("-42x")
            + "r2 = 4\nr3 = 0\nr4 = r10\nr4 += -8\ncall strtol\nr0 = *(u64 *)(r10 - 8)\nexit"));
    assertEquals(
        0x2a,
        value(text("0x2a")
            + "r2 = 4\nr3 = 0\nr4 = r10\nr4 += -8\ncall strtoul\nr0 = *(u64 *)(r10 - 8)\nexit"));
    assertEquals(
        Errno.EINVAL, value(text("x") + "r2 = 1\nr3 = 0\nr4 = r10\nr4 += -8\ncall strtol\nexit"));
  }

  @Test
  void bytesAreLoadedFromThePacket() {
    String program = """
          r2 = %d
          r3 = r10
          r3 += -8
          r4 = %d
          call skb_load_bytes
          %s
          exit
        """;
    Machine.Builder inside = machine(program.formatted(3, 2, "r0 = *(u16 *)(r10 - 8)"))
        .kind(kind("tc"))
        .packet(packet(20));
    assertEquals(0x0504, value(inside.build()));
    assertEquals(
        Errno.EFAULT,
        value(machine(program.formatted(19, 2, ""))
            .kind(kind("tc"))
            .packet(packet(20))
            .build()));
    assertEquals(
        Errno.EFAULT,
        value(machine(program.formatted(-1, 2, ""))
            .kind(kind("tc"))
            .packet(packet(20))
            .build()));
  }

  @Test
  void storedBytesChangeThePacketAndMoveIt() {
    String program = """
          r6 = r1
          r7 = *(u32 *)(r6 + 76)
          *(u16 *)(r10 - 8) = 0x7777
          r2 = 3
          r3 = r10
          r3 += -8
          r4 = 2
          r5 = 0
          call skb_store_bytes
          %s
          exit
        """;
    Machine machine =
        machine(program.formatted("")).kind(kind("tc")).packet(packet(8)).build();
    assertEquals(0, value(machine));
    assertArrayEquals(new byte[] {1, 2, 3, 0x77, 0x77, 6, 7, 8}, machine.packet());
    Fault stale = fault(machine(program.formatted("r0 = *(u8 *)(r7 + 0)"))
        .kind(kind("tc"))
        .packet(packet(8))
        .build());
    assertEquals(Fault.Cause.MEMORY, stale.cause(), "a pointer from before leads nowhere");
  }

  @Test
  void xdpPacketsStayWhereTheyAreWhenBytesAreStored() {
    Machine machine = machine("""
          r6 = r1
          r7 = *(u32 *)(r6 + 0)
          *(u64 *)(r10 - 8) = 0x77777777
          r2 = 3
          r3 = r10
          r3 += -8
          r4 = 2
          call xdp_store_bytes
          r0 = *(u8 *)(r7 + 3)
          exit
        """).kind(kind("xdp")).packet(packet(20)).build();
    assertEquals(0x77, value(machine));
  }

  private static Machine xdp(String helper, int delta, String rest) {
    return machine("r6 = r1\nr2 = %d\ncall %s\n%s\nexit".formatted(delta, helper, rest))
        .kind(kind("xdp"))
        .packet(packet(20))
        .build();
  }

  @Test
  void anXdpPacketGrowsAndShrinksAtBothEnds() {
    Machine head = xdp("xdp_adjust_head", 4, "");
    assertEquals(0, value(head));
    assertEquals(16, head.packet().length);
    assertEquals(5, head.packet()[0]);
    Machine grown = xdp("xdp_adjust_head", -4, "");
    assertEquals(0, value(grown));
    assertEquals(24, grown.packet().length);
    assertEquals(1, grown.packet()[4]);
    assertEquals(
        Errno.EINVAL, value(xdp("xdp_adjust_head", 7, "")), "an Ethernet header must remain");
    assertEquals(
        Errno.EINVAL, value(xdp("xdp_adjust_head", -217, "")), "there is only so much head room");
    Machine tail = xdp("xdp_adjust_tail", -4, "");
    assertEquals(0, value(tail));
    assertArrayEquals(packet(16), tail.packet());
    assertEquals(Errno.EINVAL, value(xdp("xdp_adjust_tail", 1 << 20, "")));
  }

  @Test
  void metadataLiesBeforeThePacket() {
    String load = """
          r7 = *(u32 *)(r6 + 8)
          *(u32 *)(r7 + 0) = 5
          r8 = *(u32 *)(r6 + 0)
          r8 -= r7
          r0 = r8
        """;
    assertEquals(4, value(xdp("xdp_adjust_meta", -4, load)));
    assertEquals(Errno.EINVAL, value(xdp("xdp_adjust_meta", -3, "")));
    assertEquals(Errno.EINVAL, value(xdp("xdp_adjust_meta", 4, "")));
  }

  @Test
  void checksumsFollowTheirPacket() {
    // An IPv4 header with a right checksum stays right when a field and the checksum change
    // together.
    byte[] header = {0x45, 0, 0, 0x54, 0, 0, 0x40, 0, 0x40, 1, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2};
    int checksum = ~sum(header) & 0xffff;
    header[10] = (byte) (checksum >> 8);
    header[11] = (byte) checksum;
    assertEquals(0xffff, sum(header));
    Machine machine = machine("""
          r6 = r1
          r7 = *(u32 *)(r6 + 76)
          r8 = *(u32 *)(r7 + 16)
          *(u32 *)(r7 + 16) = 0x12345678
          r2 = 10
          r3 = r8
          r4 = 0x12345678
          r5 = 4
          call l3_csum_replace
          exit
        """).kind(kind("tc")).packet(header).build();
    assertEquals(0, value(machine));
    assertNotEquals(header[10], machine.packet()[10]);
    assertEquals(0xffff, sum(machine.packet()));
  }

  private static int sum(byte[] bytes) {
    int sum = 0;
    for (int index = 0; index < bytes.length; index += 2) {
      sum += (bytes[index] & 0xff) << 8 | (bytes[index + 1] & 0xff);
    }
    while (sum >> 16 != 0) {
      sum = (sum & 0xffff) + (sum >> 16);
    }
    return sum;
  }

  @Test
  void aChecksumDifferenceIsNewMinusOld() {
    assertEquals(0x11, value("""
          *(u32 *)(r10 - 4) = 0x10
          r1 = 0
          r2 = 0
          r3 = r10
          r3 += -4
          r4 = 4
          r5 = 1
          call csum_diff
          exit
        """));
  }

  @Test
  void redirectionsSayWhereTo() {
    String program = "r1 = map_by_idx(0) ll\nr2 = 1\nr3 = 2\ncall redirect_map\nexit";
    assertEquals(
        2, value(machine(program, map("devmap", 4, 4, 2)).kind(kind("xdp")).build()));
    Machine filled = machine(program, map("devmap", 4, 4, 2)).kind(kind("xdp")).build();
    filled.maps().get("m").put(new byte[] {1, 0, 0, 0}, new byte[4]);
    assertEquals(4, value(filled));
    assertEquals(
        7, value(machine("r1 = 1\nr2 = 0\ncall redirect\nexit").kind(kind("tc")).build()));
    assertEquals(
        4,
        value(machine("r1 = 1\nr2 = 0\ncall redirect\nexit").kind(kind("xdp")).build()));
  }

  @Test
  void anEventCarriesItsDataAndThePacket() {
    Machine machine = machine("""
          *(u32 *)(r10 - 4) = 0x01010101
          r2 = map_by_idx(0) ll
          r3 = 0x3ffffffff ll
          r4 = r10
          r4 += -4
          r5 = 4
          call perf_event_output
          exit
        """, map("perf_event_array", 4, 4, 1))
        .kind(kind("xdp"))
        .packet(packet(20))
        .build();
    assertEquals(0, value(machine));
    assertEquals(
        List.of(Bytes.copyOf(new byte[] {1, 1, 1, 1, 1, 2, 3})),
        machine.maps().get("m").records());
  }

  @Test
  void aLoopCallsBackUntilItIsToldToStop() {
    String program = """
          *(u64 *)(r10 - 8) = 0
          r1 = %d
          r2 = code_addr(body) ll
          r3 = r10
          r3 += -8
          r4 = 0
          call loop
          r1 = *(u64 *)(r10 - 8)
          r0 <<= 32
          r0 |= r1
          exit
        body:
          r3 = *(u64 *)(r2 + 0)
          r3 += r1
          *(u64 *)(r2 + 0) = r3
          r0 = 0
          if r1 != 4 goto +1
          r0 = 1
          exit
        """;
    assertEquals(3L << 32 | 3, value(program.formatted(3)));
    assertEquals(5L << 32 | 10, value(program.formatted(100)));
    assertEquals(0, value(program.formatted(0)));
  }

  @Test
  void aCallbackThatIsNoFunctionIsRefused() {
    Fault fault = fault("r1 = 1\nr2 = 8\nr3 = 0\nr4 = 0\ncall loop\nexit");
    assertEquals("call of loop: 0x8 is not the address of a function", fault.message());
  }

  @Test
  void aFaultInACallbackIsTheCallbacks() {
    Fault fault = fault("""
          r1 = 1
          r2 = code_addr(body) ll
          r3 = 0
          r4 = 0
          call loop
          exit
        body:
          r0 = *(u64 *)(r2 + 0)
          exit
        """);
    assertEquals(7, fault.slot());
    assertTrue(fault.message().startsWith("read of 8 bytes at 0x0"), fault.message());
  }

  @Test
  void instructionsOfCallbacksCount() {
    var outcome = machine("""
          r1 = 1000
          r2 = code_addr(body) ll
          r3 = 0
          r4 = 0
          call loop
          exit
        body:
          r0 = 0
          exit
        """).build().run();
    assertEquals(6 + 2 * 1000, outcome.instructions());
  }

  @Test
  void everyElementIsVisited() {
    String program = """
          *(u64 *)(r10 - 8) = 0
          r1 = map_by_idx(0) ll
          r2 = code_addr(body) ll
          r3 = r10
          r3 += -8
          r4 = 0
          call for_each_map_elem
          r1 = *(u64 *)(r10 - 8)
          r0 <<= 32
          r0 |= r1
          exit
        body:
          r5 = *(u64 *)(r4 + 0)
          r1 = *(u64 *)(r3 + 0)
          r5 += r1
          r1 = *(u32 *)(r2 + 0)
          r5 += r1
          *(u64 *)(r4 + 0) = r5
          r0 = 0
          exit
        """;
    Machine machine = machine(program, map("hash", 4, 8, 4)).build();
    machine.maps().get("m").put(new byte[] {1, 0, 0, 0}, new byte[] {10, 0, 0, 0, 0, 0, 0, 0});
    machine.maps().get("m").put(new byte[] {2, 0, 0, 0}, new byte[] {20, 0, 0, 0, 0, 0, 0, 0});
    assertEquals(2L << 32 | 33, value(machine));
  }

  private static Machine tailCalls(String entry, String target, int limit) {
    BpfProgram first = Programs.program("first", entry);
    BpfProgram second = Programs.program("second", target);
    Machine machine = Machine.builder(
            Programs.LINUX, BpfObject.of(first, List.of(map("prog_array", 4, 4, 4))), first)
        .kind(kind("xdp"))
        .packet(packet(20))
        .instructionLimit(limit)
        .build();
    machine.maps().get("m").putProgram(1, second);
    return machine;
  }

  private static final String TAIL_CALL = "r2 = map_by_idx(0) ll\nr3 = %d\ncall tail_call\n";

  @Test
  void aTailCallGoesOnAsTheOtherProgram() {
    String target = "r0 = *(u32 *)(r1 + 12)\nr0 += 6\nexit";
    assertEquals(7, value(tailCalls(TAIL_CALL.formatted(1) + "r0 = 3\nexit", target, 100)));
    assertEquals(3, value(tailCalls(TAIL_CALL.formatted(0) + "r0 = 3\nexit", target, 100)));
    assertEquals(3, value(tailCalls(TAIL_CALL.formatted(9) + "r0 = 3\nexit", target, 100)));
  }

  @Test
  void aTailCallInASubprogramReturnsToItsCaller() {
    String entry = "call local f\nr0 += 100\nexit\nf:\n" + TAIL_CALL.formatted(1) + "r0 = 3\nexit";
    assertEquals(105, value(tailCalls(entry, "r0 = 5\nexit", 100)));
  }

  @Test
  void tailCallsEndAtTheirLimit() {
    String self = "r6 = r1\n" + TAIL_CALL.formatted(1) + "r0 = 77\nexit";
    assertEquals(77, value(tailCalls(self, self, 1000)));
  }

  @Test
  void aFaultAfterATailCallNamesTheProgram() {
    Fault fault =
        fault(tailCalls(TAIL_CALL.formatted(1) + EXIT, "r0 = 0\nr0 = *(u8 *)(r0 + 0)\nexit", 100));
    assertEquals("second", fault.function());
    assertEquals(1, fault.slot());
  }

  @Test
  void aContextThatIsNoneIsRefused() {
    Fault fault = fault(machine("r1 = r10\nr2 = 0\ncall xdp_adjust_head\nexit")
        .kind(kind("xdp"))
        .build());
    assertEquals("call of xdp_adjust_head: r1 is not the context", fault.message());
  }
}
