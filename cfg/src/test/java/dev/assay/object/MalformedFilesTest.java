package dev.assay.object;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a file, reading it ends in an object or in one sentence. */
class MalformedFilesTest {
  private static final List<byte[]> OBJECTS = List.of(
      TestObjects.bytes("links.o"),
      TestObjects.bytes("maps.o"),
      TestObjects.bytes("core.o"),
      TestObjects.bytes("legacy.o"),
      TestObjects.bytes("links.eb.o"),
      TestObjects.bytes("maps.eb.o"));

  /** A word put at a place that is a part of the file's length. */
  record Change(double place, long value, int bytes) {
    void apply(byte[] file) {
      int at = (int) (place * (file.length - bytes)) / bytes * bytes;
      for (int i = 0; i < bytes; i++) {
        file[at + i] = (byte) (value >>> (8 * i));
      }
    }
  }

  @Provide
  Arbitrary<Change> changes() {
    Arbitrary<Long> values = Arbitraries.oneOf(
        Arbitraries.of(
            0L, 1L, -1L, 0x7fffffffL, 0x80000000L, Long.MAX_VALUE, Long.MIN_VALUE, 0xffffffffL),
        Arbitraries.longs().between(0, 6000),
        Arbitraries.longs());
    return Combinators.combine(
            Arbitraries.doubles().between(0, 1), values, Arbitraries.of(1, 2, 4, 8))
        .as(Change::new);
  }

  private static void readOrRefuse(byte[] file) {
    try {
      BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
      object.failures().forEach(failure -> assertOneSentence(failure.message()));
    } catch (MalformedObjectException e) {
      assertOneSentence(e.getMessage());
    }
  }

  private static void assertOneSentence(String message) {
    assertFalse(
        message.isBlank() || message.contains("\n") || message.contains("Exception"), message);
  }

  @Property(tries = 1500)
  void changedFilesAreReadOrRefused(
      @ForAll @IntRange(min = 0, max = 5) int object,
      @ForAll("changes") Change one,
      @ForAll("changes") Change two,
      @ForAll("changes") Change three) {
    byte[] file = OBJECTS.get(object).clone();
    one.apply(file);
    two.apply(file);
    three.apply(file);
    readOrRefuse(file);
  }

  /**
   * Changes where they do most: in the headers of sections, the symbols, the relocations, and the
   * types.
   */
  @Property(tries = 1500)
  void changedStructuresAreReadOrRefused(
      @ForAll @IntRange(min = 0, max = 3) int object,
      @ForAll @IntRange(min = 0, max = 3) int structure,
      @ForAll("changes") Change one,
      @ForAll("changes") Change two) {
    byte[] file = OBJECTS.get(object).clone();
    ElfPatch patch = new ElfPatch(file);
    String section = List.of(".strtab", ".symtab", ".BTF", ".BTF.ext")
        .get(object == 3 ? structure & 1 : structure);
    int start = structure == 0 ? patch.header(".strtab") - 64 : patch.sectionOffset(section);
    int end = structure == 0 ? file.length : start + patch.sectionSize(section);
    byte[] part = Arrays.copyOfRange(file, start, end);
    one.apply(part);
    two.apply(part);
    System.arraycopy(part, 0, file, start, part.length);
    readOrRefuse(file);
  }

  @Test
  void filesThatAreCutOffAreRefused() {
    for (byte[] object : OBJECTS) {
      for (int length = 0; length < object.length; length += 7) {
        byte[] file = Arrays.copyOf(object, length);
        assertThrows(
            MalformedObjectException.class, () -> ObjectReader.read(file, ReadOptions.DEFAULT));
      }
    }
  }

  private static String refusal(byte[] file) {
    return assertThrows(
            MalformedObjectException.class, () -> ObjectReader.read(file, ReadOptions.DEFAULT))
        .getMessage();
  }

  @Test
  void whatIsNoElfFileIsRefused() {
    assertEquals(
        "not an ELF file: it does not start with 7f 45 4c 46 and a header of 64 bytes",
        refusal("int main;".getBytes(US_ASCII)));
  }

  @Test
  void otherMachinesAreRefused() {
    byte[] file = TestObjects.bytes("links.o");
    new ElfPatch(file).putHalf(18, 62);
    assertEquals("not for BPF: the machine at offset 18 is 62, not 247", refusal(file));
  }

  @Test
  void aSectionBeyondTheFileIsRefusedByName() {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    patch.putLong(patch.header("tc") + 32, 1L << 40);
    assertTrue(refusal(file)
        .matches("section \\d+ tc at offset \\d+ with 1099511627776 bytes reaches beyond the end of"
            + " the file at \\d+"));
  }

  @Test
  void overlappingSectionsAreRefused() {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    for (String section : List.of("tc", "xdp", ".text")) {
      patch.putLong(patch.header(section) + 24, 0);
      patch.putLong(patch.header(section) + 32, file.length);
    }
    assertTrue(refusal(file).startsWith("sections overlap: together they have"), refusal(file));
  }

  @Test
  void aFunctionBeyondItsSectionIsRefusedByName() {
    byte[] file = TestObjects.bytes("links.o");
    new ElfPatch(file).symbols(symbol -> symbol.type() == 2 ? symbol.withSize(1 << 20) : symbol);
    assertTrue(
        refusal(file).startsWith("symbol local_function at 56 with 1048576 bytes does not fit"),
        refusal(file));
  }

  @Test
  void hugeZeroedVariablesTakeNoMemory() throws Exception {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    patch.putLong(patch.header(".bss") + 32, Integer.MAX_VALUE);
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(
        Integer.MAX_VALUE,
        TestObjects.map(object, ".bss").data().orElseThrow().contents().size());
  }

  @Test
  void brokenTypesFailEachProgramAndSayWhy() throws Exception {
    byte[] file = TestObjects.bytes("links.o");
    ElfPatch patch = new ElfPatch(file);
    patch.putWord(patch.sectionOffset(".BTF") + 24 + 4, 31 << 24);
    BpfObject object = ObjectReader.read(file, ReadOptions.DEFAULT);
    assertEquals(List.of(), object.programs());
    assertEquals(
        List.of("first", "second", "third"),
        object.failures().stream().map(BpfObject.ProgramFailure::function).toList());
    assertTrue(object
        .failures()
        .getFirst()
        .message()
        .startsWith("BTF type 1 at offset 0 of the types has kind 31"));
  }
}
