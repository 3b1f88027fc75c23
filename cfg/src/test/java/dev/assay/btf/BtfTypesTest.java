package dev.assay.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.btf.BtfType.Composite;
import dev.assay.btf.BtfType.Enumeration;
import dev.assay.btf.BtfType.Function;
import dev.assay.btf.BtfType.Member;
import dev.assay.btf.BtfType.Prototype;
import dev.assay.object.TestObjects;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BtfTypesTest {

  /** A blob of records; each is name, info, size or type, and what its kind adds. */
  private static byte[] blob(ByteOrder order, String strings, int... words) {
    byte[] names = ("\0" + strings + "\0").getBytes(StandardCharsets.US_ASCII);
    ByteBuffer blob = ByteBuffer.allocate(24 + 4 * words.length + names.length).order(order);
    blob.putShort((short) 0xeb9f).put((byte) 1).put((byte) 0).putInt(24);
    blob.putInt(0).putInt(4 * words.length).putInt(4 * words.length).putInt(names.length);
    for (int word : words) {
      blob.putInt(word);
    }
    return blob.put(names).array();
  }

  private static final int INT = 1 << 24;
  private static final int POINTER = 2 << 24;
  private static final int ARRAY = 3 << 24;
  private static final int STRUCT = 4 << 24;
  private static final int TYPEDEF = 8 << 24;
  private static final int CONST = 10 << 24;

  private static BtfTypes little(String strings, int... words) throws MalformedBtfException {
    return BtfTypes.read(blob(ByteOrder.LITTLE_ENDIAN, strings, words));
  }

  private static String refusal(byte[] bytes) {
    return assertThrows(MalformedBtfException.class, () -> BtfTypes.read(bytes)).getMessage();
  }

  private static String refusal(int... words) {
    return refusal(blob(ByteOrder.LITTLE_ENDIAN, "x", words));
  }

  @Test
  void namesThatAreNoPlainTextAreFoundAsTheyRead() throws Exception {
    BtfTypes types = little("\1\0a\177___b", 1, INT, 4, 32, 3, INT, 4, 32);
    assertEquals("\uFFFD", types.name(1));
    assertEquals(List.of(1), types.named("\uFFFD"));
    assertEquals(List.of(2), types.named("a\uFFFD___b"));
    assertEquals(List.of(2), types.namedEssentially("a\uFFFD"));
  }

  @Test
  void bothByteOrdersSayTheSame() throws Exception {
    int[] words = {1, INT, 4, 0x01000020};
    for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
      BtfTypes types = BtfTypes.read(blob(order, "int", words));
      assertEquals(2, types.count());
      assertEquals(new BtfType.Int("int", 4, 0, 32, true, false, false), types.type(1));
      assertEquals(List.of(1), types.named("int"));
    }
  }

  @Test
  void typesThatGoInACircleHaveNoSize() throws Exception {
    BtfTypes types = little("a", 1, TYPEDEF, 2, 1, TYPEDEF, 1, 0, ARRAY, 0, 3, 3, 2);
    assertEquals(0, types.resolve(1));
    assertEquals(OptionalInt.empty(), types.size(1));
    assertEquals(OptionalInt.empty(), types.size(3));
    assertTrue(types.describe(3).startsWith("?[2]"));
  }

  @Test
  void structsThatContainThemselvesEnd() throws Exception {
    BtfTypes types = little("s", 1, STRUCT | 2, 8, 0, 1, 0, 0, 1, 0);
    assertTrue(types.member(1, "nothing").isEmpty());
  }

  @Test
  void arraysThatAreTooLargeHaveNoSize() throws Exception {
    BtfTypes types =
        little("int", 1, INT, 4, 32, 0, ARRAY, 0, 1, 1, 0x40000000, 0, ARRAY, 0, 2, 1, 2);
    assertEquals(OptionalInt.empty(), types.size(2));
    assertEquals(OptionalInt.empty(), types.size(3));
  }

  @Test
  void declarationsReadAsInC() throws Exception {
    BtfTypes types = little(
        "s", 1, STRUCT, 8, 0, POINTER, 1, 0, POINTER, 2, 0, ARRAY, 0, 3, 3, 5, 0, CONST, 1, 0,
        POINTER, 5, 0, CONST, 6);
    assertEquals("struct s *", types.describe(2));
    assertEquals("struct s **[5]", types.describe(4));
    assertEquals("const struct s *", types.describe(6));
    assertEquals("const struct s *const", types.describe(7));
  }

  @Test
  void membersAreFoundInAnonymousOnes() throws Exception {
    BtfTypes types = TestObjects.read("core_target.o").btf().orElseThrow();
    int nested = types.find("nested", Composite.class).orElseThrow();
    Member moved = types.member(nested, "moved").orElseThrow();
    assertEquals(64, moved.bitOffset());
    assertEquals(OptionalInt.of(4), types.size(moved.type()));
  }

  @Test
  void bitfieldsHaveTheirWidth() throws Exception {
    BtfTypes types = TestObjects.read("core_target.o").btf().orElseThrow();
    Member bits =
        types.member(types.find("thing", Composite.class).orElseThrow(), "bits").orElseThrow();
    assertEquals(7, bits.bitfieldBits());
    assertEquals(64 * 8 + 5, bits.bitOffset());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "\u009f\u00eb\1\0\0\0\0\0"})
  void shortBlobsAreRefused(String bytes) {
    assertTrue(
        refusal(bytes.getBytes(StandardCharsets.ISO_8859_1)).contains("shorter than its header"));
  }

  @Test
  void countsAndReferencesBeyondTheBlobAreRefused() {
    assertTrue(refusal(1, STRUCT | 0xffff, 8, 0, 0).contains("of kind STRUCT needs 786432 bytes"));
    assertTrue(refusal(1, TYPEDEF, 2).contains("refers to type 2, but there are only 2"));
    assertTrue(refusal(900, TYPEDEF, 1).contains("names string 900"));
    assertTrue(refusal(1, 27 << 24, 1).contains("kind 27"));
    assertTrue(refusal(1, INT).contains("is cut off"));
  }

  @Test
  void partsBeyondTheBlobAreRefused() {
    byte[] blob = blob(ByteOrder.LITTLE_ENDIAN, "int", 1, INT, 4, 32);
    ByteBuffer.wrap(blob).order(ByteOrder.LITTLE_ENDIAN).putInt(12, 0x7ffffff0);
    assertTrue(refusal(blob).contains("reach beyond the end"), refusal(blob));
  }

  @Test
  void aKernelsTypesAreRead() throws Exception {
    Path file = TestObjects.shared("reference/linux/vmlinux-6.18.btf");
    assumeTrue(Files.exists(file), "no kernel types beside the repository: " + file);
    BtfTypes kernel = BtfTypes.read(Files.readAllBytes(file));
    int task = kernel.find("task_struct", Composite.class).orElseThrow();
    Member pid = kernel.member(task, "pid").orElseThrow();
    assertEquals("pid_t", kernel.describe(pid.type()));
    assertEquals(
        "struct task_struct *",
        kernel.describe(kernel.member(task, "group_leader").orElseThrow().type()));
    Function function =
        (Function) kernel.type(kernel.find("bpf_iter_num_new", Function.class).orElseThrow());
    Prototype prototype = (Prototype) kernel.type(function.prototype());
    assertEquals(
        List.of("it", "start", "end"),
        prototype.parameters().stream().map(BtfType.Parameter::name).toList());
    Enumeration types =
        (Enumeration) kernel.type(kernel.find("bpf_map_type", Enumeration.class).orElseThrow());
    assertEquals("BPF_MAP_TYPE_HASH", types.enumerators().get(1).name());
    for (int id = 0; id < kernel.count(); id++) {
      assertEquals(kernel.name(id), kernel.type(id).name());
    }
  }
}
