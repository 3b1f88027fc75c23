package dev.assay.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.assay.interpreter.Fault.Cause;
import dev.assay.interpreter.map.MapContents;
import dev.assay.interpreter.memory.Placement;
import dev.assay.object.BpfObject;
import dev.assay.object.BpfProgram;
import dev.assay.object.Bytes;
import dev.assay.object.ObjectReader;
import dev.assay.object.ReadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs under {@code examples/} do what they are for; their unsafe twins are caught on the input that shows
 * why.
 */
class ExamplesTest {
  private static final long XDP_DROP = 1;
  private static final long XDP_PASS = 2;

  private static final String ETHERNET = "020000000001 020000000002 0800";

  private static Machine.Builder machine(String object, Placement placement) throws Exception {
    BpfObject read =
        ObjectReader.read(Files.readAllBytes(examples().resolve(object)), ReadOptions.DEFAULT);
    BpfProgram program = read.programs().getFirst();
    return Machine.builder(Programs.LINUX, read, program)
        .kind(Programs.LINUX.programKindOfSection(program.section()).orElseThrow())
        .placement(placement)
        .seed(7)
        .garbage(true)
        .instructionLimit(100_000);
  }

  private static Path examples() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("examples"))) {
      folder = folder.getParent();
    }
    return folder.resolve("examples");
  }

  private static byte[] hex(String... digits) {
    return HexFormat.of().parseHex(String.join("", digits).replace(" ", ""));
  }

  private static byte[] words(int... words) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(words).forEach(bytes::putInt);
    return bytes.array();
  }

  private static long number(Bytes bytes) {
    return ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** An IPv4 header without options. */
  private static String header(int protocol) {
    return "4500 0040 0000 4000 40%02x 0000 0a000001 0a000002".formatted(protocol);
  }

  @ParameterizedTest
  @EnumSource
  void theFirewallDropsWhatItsMapSaysAndCountsIt(Placement placement) throws Exception {
    Machine blocked = machine("xdp-firewall/firewall.o", placement)
        .packet(hex(ETHERNET, header(6)))
        .build();
    MapContents map = blocked.maps().get("blocked");
    map.put(hex("0a000001"), new byte[8]);
    assertEquals(XDP_DROP, Programs.value(blocked));
    assertEquals(1, number(map.entries().getFirst().values().getFirst()));

    Machine other = machine("xdp-firewall/firewall.o", placement)
        .packet(hex(ETHERNET, header(6)))
        .build();
    other.maps().get("blocked").put(hex("0a000002"), new byte[8]);
    assertEquals(XDP_PASS, Programs.value(other));
    assertEquals(
        XDP_PASS,
        Programs.value(
            machine("xdp-firewall/firewall.o", placement).packet(hex(ETHERNET)).build()));
    assertEquals(
        XDP_PASS, Programs.value(machine("xdp-firewall/firewall.o", placement).build()));
  }

  @ParameterizedTest
  @EnumSource
  void itsTwinWithoutANullCheckWritesThroughNull(Placement placement) throws Exception {
    Fault fault = Programs.fault(machine("xdp-firewall/missing-null-check.o", placement)
        .packet(hex(ETHERNET, header(6)))
        .build());
    assertEquals(Cause.MEMORY, fault.cause());
    assertEquals(0, fault.access().orElseThrow().address());
  }

  private static byte[] syn(String options) {
    int words = 5 + options.replace(" ", "").length() / 8;
    return hex(
        ETHERNET,
        header(6),
        "0050 1f90 00000000 00000000 %x002 ffff 0000 0000".formatted(words),
        options);
  }

  @ParameterizedTest
  @EnumSource
  void theParserFindsTheSegmentSizeAmongTheOptions(Placement placement) throws Exception {
    assertEquals(XDP_DROP, options("tcp-options", placement, "01010101 02040010"));
    assertEquals(XDP_PASS, options("tcp-options", placement, "01010101 020405b4"));
    assertEquals(XDP_PASS, options("tcp-options", placement, "0101 0101"));
    assertEquals(XDP_PASS, options("tcp-options", placement, "08000000"));
  }

  private static long options(String program, Placement placement, String options)
      throws Exception {
    return Programs.value(machine("packet-parser/" + program + ".o", placement)
        .packet(syn(options))
        .build());
  }

  @ParameterizedTest
  @EnumSource
  void itsTwinThatIsOffByOneReadsPastThePacket(Placement placement) throws Exception {
    Fault fault = Programs.fault(machine("packet-parser/off-by-one.o", placement)
        .packet(syn("010101 05"))
        .build());
    assertEquals(Cause.MEMORY, fault.cause());
    assertEquals(1, fault.access().orElseThrow().size());
  }

  @ParameterizedTest
  @EnumSource
  void itsTwinWithoutABoundOnTheLoopDoesNotEnd(Placement placement) throws Exception {
    Fault fault = Programs.fault(machine("packet-parser/unbounded-loop.o", placement)
        .packet(syn("08000000"))
        .build());
    assertEquals(Cause.INSTRUCTION_LIMIT, fault.cause());
  }

  @ParameterizedTest
  @EnumSource
  void opensAreReportedThroughTheRingBuffer(Placement placement) throws Exception {
    Machine machine = machine("file-opens/file-opens.o", placement).build();
    assertEquals(0, Programs.value(machine));
    List<Bytes> records = machine.maps().get("events").records();
    assertEquals(1, records.size());
    byte[] event = records.getFirst().toArray();
    assertEquals(88, event.length);
    assertArrayEquals(
        "assay\0".getBytes(StandardCharsets.US_ASCII), Arrays.copyOfRange(event, 8, 14));
  }

  @ParameterizedTest
  @EnumSource
  void flowsAreCounted(Placement placement) throws Exception {
    byte[] packet = hex(ETHERNET, header(17), "0035 1f90 0018 0000", "00".repeat(16));
    Machine machine =
        machine("flow-counter/flow-counter.o", placement).packet(packet).build();
    assertEquals(0, Programs.value(machine));
    MapContents.Entry flow = machine.maps().get("flows").entries().getFirst();
    assertArrayEquals(hex("0a000001 0a000002 0035 1f90 11 000000"), flow.key().toArray());
    assertArrayEquals(words(1, 0, 16, 0), flow.values().getFirst().toArray());
  }

  @ParameterizedTest
  @EnumSource
  void connectionsArePermittedByTheLongestPrefix(Placement placement) throws Exception {
    assertEquals(1, connect(placement, 80));
    assertEquals(0, connect(placement, 8080));
  }

  private static long connect(Placement placement, int port) throws Exception {
    byte[] context = new byte[72];
    System.arraycopy(hex("0a010203"), 0, context, 4, 4);
    System.arraycopy(hex("%04x".formatted(port)), 0, context, 24, 2);
    Machine machine =
        machine("connect-policy/connect-policy.o", placement).context(context).build();
    MapContents allowed = machine.maps().get("allowed");
    allowed.put(hex("08000000 0a000000"), words(0));
    allowed.put(hex("10000000 0a010000"), words(1024));
    Outcome outcome = machine.run();
    assertTrue(outcome instanceof Outcome.Returned, outcome::toString);
    return ((Outcome.Returned) outcome).value();
  }
}
