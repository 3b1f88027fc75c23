package dev.assay.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.btf.BtfBuilder.Part;
import dev.assay.btf.KernelTypes.Found;
import dev.assay.object.TestObjects;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTypesTest {
  private static final BtfBuilder BUILDER = new BtfBuilder();
  private static final int WORD = BUILDER.integer("int", 4);
  private static final int BYTE = BUILDER.integer("char", 1);
  private static final int INNER = BUILDER.struct(
      "inner", 16, Part.at(0, "number", WORD), Part.at(8, "next", BUILDER.pointer(WORD)));
  private static final int CHOICE = BUILDER.union(
      "", 8, Part.at(0, "pointer", BUILDER.pointer(INNER)), Part.at(0, "number", WORD));
  private static final int OUTER = BUILDER.struct(
      "outer",
      128,
      Part.at(0, "first", BUILDER.constant(INNER)),
      Part.at(16, "many", BUILDER.array(INNER, 2)),
      Part.at(48, "scratch", BUILDER.array(BYTE, 10)),
      Part.bits(64 * 8 + 3, 7, "bits", WORD),
      Part.at(72, "pointers", BUILDER.array(BUILDER.array(BUILDER.pointer(INNER), 2), 2)),
      Part.at(104, "", CHOICE),
      Part.at(120, "small", BYTE));
  private static final int OPEN = BUILDER.struct(
      "open", 8, Part.at(0, "number", WORD), Part.at(8, "rest", BUILDER.array(INNER, 0)));
  private static final KernelTypes TYPES = KernelTypes.of(BUILDER.types());

  @ParameterizedTest
  @CsvSource({
    "0, 4, Number", // first.number
    "0, 8, Nothing", // first.number and the hole behind it
    "4, 4, Nothing", // the hole
    "8, 8, Pointer", // first.next
    "8, 4, PartOfPointer",
    "12, 4, PartOfPointer",
    "32, 4, Number", // many[1].number
    "40, 8, Pointer",
    "48, 8, Number", // 8 elements of scratch
    "52, 4, Number",
    "52, 8, Nothing", // beyond scratch
    "58, 4, Nothing",
    "64, 2, Number", // bits
    "64, 4, Number",
    "64, 1, Nothing", // a part of bits
    "72, 8, Pointer",
    "96, 8, Pointer", // pointers[1][1]
    "88, 4, PartOfPointer",
    "104, 8, Pointer",
    "112, 1, Nothing",
    "120, 1, Number",
    "121, 1, Nothing",
    "127, 1, Nothing",
    "128, 1, Outside",
    "124, 8, Outside",
    "-1, 1, Outside",
    "9223372036854775807, 8, Outside",
    "-9223372036854775808, 8, Outside",
  })
  void anAccessFindsWhatLiesThere(long offset, int size, String expected) {
    assertEquals(expected, TYPES.at(OUTER, offset, size, false).getClass().getSimpleName());
    assertEquals(expected, TYPES.at(OUTER, offset, size, true).getClass().getSimpleName());
  }

  @Test
  void aPointerSaysWhoseItIs() {
    assertEquals(new Found.Pointer(INNER, OUTER, "pointers", false), TYPES.at(OUTER, 80, 8, false));
    assertEquals(new Found.Pointer(WORD, INNER, "next", false), TYPES.at(OUTER, 24, 8, false));
    assertEquals(new Found.Pointer(INNER, OUTER, "pointer", true), TYPES.at(OUTER, 104, 8, false));
  }

  @Test
  void anOpenEndHasAnyNumberOfElements() {
    assertEquals(new Found.Outside(), TYPES.at(OPEN, 8, 4, false));
    assertEquals(new Found.Number(), TYPES.at(OPEN, 8, 4, true));
    assertEquals(new Found.Pointer(WORD, INNER, "next", false), TYPES.at(OPEN, 32, 8, true));
    assertEquals(new Found.Nothing(), TYPES.at(OPEN, 28, 4, true));
  }

  @Test
  void structsContainTheirMembers() {
    assertTrue(TYPES.contains(OUTER, 0, OUTER));
    assertTrue(TYPES.contains(OUTER, 0, INNER));
    assertTrue(TYPES.contains(OUTER, 16, INNER));
    assertTrue(TYPES.contains(OUTER, 32, INNER));
    assertFalse(TYPES.contains(OUTER, 24, INNER));
    assertFalse(TYPES.contains(OUTER, 104, INNER), "a pointer is no member");
    assertFalse(TYPES.contains(OUTER, 4, OUTER));
    assertFalse(TYPES.contains(OUTER, -16, INNER));
    assertFalse(TYPES.contains(INNER, 0, OUTER));
  }

  @Test
  void aKernelsSocketsAreFollowed() throws Exception {
    Path file = TestObjects.shared("reference/linux/vmlinux-6.18.btf");
    assumeTrue(Files.exists(file), "no kernel types beside the repository: " + file);
    KernelTypes kernel = KernelTypes.of(BtfTypes.read(Files.readAllBytes(file)));
    int tcp = kernel.composite("tcp_sock").orElseThrow();
    int sock = kernel.composite("sock").orElseThrow();
    assertTrue(kernel.contains(tcp, 0, sock));
    assertTrue(kernel.contains(tcp, 0, kernel.composite("sock_common").orElseThrow()));
    assertFalse(kernel.contains(sock, 0, tcp));
    assertEquals(new Found.Number(), kernel.at(sock, 0, 4, false));
  }
}
